namespace Microsoft.ML.DeepClustering.Reporting;

/// <summary>Which value of several runs is compared with a published one.</summary>
internal enum ComparedValue
{
    /// <summary>That of the run of lowest loss.</summary>
    LowestLoss,

    /// <summary>The mean over the runs.</summary>
    Mean,
}
