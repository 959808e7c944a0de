namespace Microsoft.ML.DeepClustering.Tool.Input;

/// <summary>How a column of a table becomes features.</summary>
internal enum ColumnRole
{
    /// <summary>Scaled to [0, 1]; what is missing becomes the mean.</summary>
    Number,

    /// <summary>One-hot.</summary>
    Category,

    /// <summary>ML.NET's text featurizer.</summary>
    Text,

    /// <summary>The sentence encoder, which is no part of the ML.NET model.</summary>
    Sentence,
}
