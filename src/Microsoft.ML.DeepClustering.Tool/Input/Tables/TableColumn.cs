namespace Microsoft.ML.DeepClustering.Tool.Input.Tables;

/// <summary>A column as it was read: texts, or numbers where the file itself knows that they are.</summary>
internal sealed class TableColumn
{
    private readonly Lazy<string[]> _texts;
    private readonly float[]? _numbers;

    public TableColumn(string name, string[] texts) => (Name, _texts) = (name, new(texts));

    /// <param name="name">The name.</param>
    /// <param name="numbers">NaN where they are missing.</param>
    /// <param name="textOf">The number of a row as the file has it, which a float may not hold; empty where it is missing.</param>
    public TableColumn(string name, float[] numbers, Func<int, string> textOf)
        => (Name, _numbers, _texts) = (name, numbers, new(() => [.. Enumerable.Range(0, numbers.Length).Select(textOf)]));

    public string Name { get; }

    /// <summary>Whether the file itself says that these are numbers.</summary>
    public bool IsTyped => _numbers != null;

    /// <summary>The cells as texts; empty where they are missing.</summary>
    public string[] Texts => _texts.Value;

    /// <summary>The column as numbers, NaN where they are missing.</summary>
    /// <exception cref="ToolFault">A cell is no number.</exception>
    public float[] Numbers(Table table)
    {
        if (_numbers != null)
        {
            var wrong = Array.FindIndex(_numbers, float.IsInfinity);
            return wrong < 0 ? _numbers : throw table.FaultAt(wrong, this, "the number is infinite or too large for a float; correct it, or leave the column out with --columns.");
        }

        var texts = Texts;
        var numbers = new float[texts.Length];
        for (var row = 0; row < numbers.Length; row++)
        {
            if (!Cell.TryRead(texts[row], out numbers[row]))
                throw table.FaultAt(row, this, $"{Cell.Complaint(texts[row])}; correct it, or leave the column out with --columns.");
        }

        return numbers;
    }
}
