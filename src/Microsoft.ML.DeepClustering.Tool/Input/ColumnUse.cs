namespace Microsoft.ML.DeepClustering.Tool.Input;

/// <summary>A column that becomes features.</summary>
internal sealed record ColumnUse(string Name, ColumnRole Role)
{
    /// <summary>Its name in the model's input: what the sentence encoder gives is a column of its own.</summary>
    public string InputName => Role == ColumnRole.Sentence ? $"{Name} (sentence)" : Name;
}
