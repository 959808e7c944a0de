namespace Microsoft.ML.DeepClustering.Data;

/// <summary>What one pass over the training data has read.</summary>
/// <param name="Features">The features of all rows.</param>
/// <param name="Classes">
/// The class of each row, numbered from 0 in the order in which they come, <see cref="LabelReader.Missing"/> where there is none; null when no
/// column of classes was read.
/// </param>
/// <param name="LeftOut">The number of rows of weight 0, which are left out.</param>
internal sealed record TrainingData(TrainingRows Features, IReadOnlyList<int>? Classes, long LeftOut = 0) : IDisposable
{
    /// <summary>What a message adds to the number of rows: which ones they are, where some are left out.</summary>
    public string Those => LeftOut > 0 ? " of a weight above 0" : "";

    /// <summary>Says how many rows are left out, if any.</summary>
    public void LogLeftOut(Action<string> log)
    {
        if (LeftOut > 0)
            log($"{LeftOut} rows of weight 0 are left out of the training.");
    }

    public void Dispose() => Features.Dispose();
}
