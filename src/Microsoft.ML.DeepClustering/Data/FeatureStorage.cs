namespace Microsoft.ML.DeepClustering;

/// <summary>Where the features of all training rows are kept. Results are the same bit for bit.</summary>
public enum FeatureStorage
{
    /// <summary>In memory, or on disk when they take more than half of the memory that the process may use.</summary>
    Auto,

    /// <summary>In memory, as one tensor.</summary>
    Memory,

    /// <summary>
    /// In a temporary file (of the folder that <c>TMPDIR</c> or <c>TEMP</c> names) of four bytes a value; each batch is read from it. The memory
    /// that remains in use grows with the number of rows (orders, embeddings and distances for k-means, targets), not with their length.
    /// </summary>
    Disk,
}
