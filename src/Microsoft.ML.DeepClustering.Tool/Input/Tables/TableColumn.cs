using System.Globalization;

namespace Microsoft.ML.DeepClustering.Tool.Input.Tables;

/// <summary>A column as it was read: texts, or numbers where the file itself knows that they are.</summary>
internal sealed class TableColumn
{
    private readonly string[]? _texts;
    private readonly float[]? _numbers;
    private readonly Func<int, string>? _textOf;

    public TableColumn(string name, string[] texts) => (Name, _texts) = (name, texts);

    /// <param name="name">The name.</param>
    /// <param name="numbers">NaN where they are missing.</param>
    /// <param name="textOf">The number of a row as the file has it, where a float may not hold it; null where it does.</param>
    public TableColumn(string name, float[] numbers, Func<int, string>? textOf = null) => (Name, _numbers, _textOf) = (name, numbers, textOf);

    public string Name { get; }

    /// <summary>Whether the file itself says that these are numbers.</summary>
    public bool IsTyped => _numbers != null;

    /// <summary>The cells as texts; empty where they are missing.</summary>
    public string[] Texts => _texts ?? [.. _numbers!.Select(Text)];

    /// <summary>The column as numbers, NaN where they are missing.</summary>
    /// <exception cref="ToolFault">A cell is no number.</exception>
    public float[] Numbers(Table table)
    {
        if (_numbers != null)
        {
            var wrong = Array.FindIndex(_numbers, float.IsInfinity);
            return wrong < 0 ? _numbers : throw table.FaultAt(wrong, this, "the number is infinite or too large for a float; correct it, or leave the column out with --columns.");
        }

        var numbers = new float[_texts!.Length];
        for (var row = 0; row < numbers.Length; row++)
        {
            if (!Cell.TryRead(_texts[row], out numbers[row]))
                throw table.FaultAt(row, this, $"{Cell.Complaint(_texts[row])}; correct it, or leave the column out with --columns.");
        }

        return numbers;
    }

    // Made anew each time: the texts of numbers take many times what the numbers take.
    private string Text(float number, int row) => float.IsNaN(number) ? "" : _textOf?.Invoke(row) ?? number.ToString(CultureInfo.InvariantCulture);
}
