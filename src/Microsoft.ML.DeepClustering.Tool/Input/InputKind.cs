namespace Microsoft.ML.DeepClustering.Tool.Input;

/// <summary>What the input is.</summary>
internal enum InputKind
{
    /// <summary>A folder of image files.</summary>
    Images,

    /// <summary>CSV, TSV or a like text file.</summary>
    Table,

    /// <summary>A Parquet file.</summary>
    Parquet,

    /// <summary>Images in the format of MNIST.</summary>
    Idx,
}
