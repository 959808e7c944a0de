namespace Microsoft.ML.DeepClustering.Reporting;

/// <summary>The results of one method on one data set.</summary>
/// <param name="Label">The method, such as "DDC-UCO, tensor".</param>
/// <param name="Dataset">The data set.</param>
internal sealed record ResultRow(string Label, string Dataset)
{
    /// <summary>The settings in short. Default: none.</summary>
    public string Settings { get; init; } = "";

    /// <summary>The number of runs, 0 or more: a row may wait for its runs. Default: 1.</summary>
    public int Runs { get; init; } = 1;

    /// <summary>Clustering accuracy (ACC). Default: null, not measured.</summary>
    public MeasureResult? Accuracy { get; init; }

    /// <summary>Normalised mutual information (NMI). Default: null, not measured.</summary>
    public MeasureResult? NormalizedMutualInformation { get; init; }

    /// <summary>Adjusted Rand index (ARI). Default: null, not measured.</summary>
    public MeasureResult? AdjustedRandIndex { get; init; }

    /// <summary>What a paper published for the same method and data set. Default: null, nothing.</summary>
    public PublishedResult? Published { get; init; }

    /// <summary>Which of our values is compared with the published one. Default: the run of lowest loss.</summary>
    public ComparedValue Compared { get; init; } = ComparedValue.LowestLoss;

    /// <summary>The regression of performance on the auxiliary loss over the epochs (R-OFM). Default: null, not measured.</summary>
    public MismatchRegression? Mismatch { get; init; }

    /// <summary>The published R-OFM. Default: null, none.</summary>
    public MismatchRegression? PublishedMismatch { get; init; }

    /// <summary>A remark, such as "2 of 3 runs lost a cluster". Default: null, none.</summary>
    public string? Remark { get; init; }
}
