using Microsoft.ML.Data;
using Microsoft.ML.DeepClustering.Tool.Input.Views;
using Microsoft.ML.DeepClustering.Tool.Progress;

namespace Microsoft.ML.DeepClustering.Tool.Input.Tables;

/// <summary>Makes the input of a model from a table.</summary>
internal sealed class TableInput(Table table, InputDescription description, ToolConsole console, CancellationToken cancellation)
{
    private static readonly VectorDataViewType SentenceType = new(NumberDataViewType.Single, SentenceColumns.Length);

    private readonly List<string> _notes = [];

    /// <param name="leftOut">What the notes say of columns that are not taken.</param>
    /// <param name="hints">What else the notes say.</param>
    public LoadedInput Load(IReadOnlyList<string> leftOut, IReadOnlyList<string> hints)
    {
        var columns = description.Columns.Select(Column).ToArray();
        Describe(leftOut);
        _notes.AddRange(hints);
        if (table.SeparatorHint is { } hint)
            _notes.Add(hint);
        return new(description, new(columns, table.Rows), table.Rows)
        {
            Names = Passed(description.IdColumn),
            NameTitle = description.IdColumn ?? "id",
            Labels = Labels(description.LabelColumn),
            Texts = Passed(description.Columns.FirstOrDefault(c => c.Role is ColumnRole.Text or ColumnRole.Sentence)?.Name),
            Notes = _notes,
        };
    }

    private ViewColumn Column(ColumnUse use)
    {
        var column = table.Find(use.Name, "the model");
        return use.Role switch
        {
            ColumnRole.Number => ViewColumn.Numbers(use.InputName, column.Numbers(table)),
            ColumnRole.Sentence => ViewColumn.Vectors(
                use.InputName, SentenceType, console.Work($"Encoding {table.Rows:N0} texts of {use.Name}", share => SentenceColumns.Encode(column.Texts, share, cancellation))),
            _ => ViewColumn.Texts(use.InputName, column.Texts),
        };
    }

    private string[]? Labels(string? name) => Passed(name) is { } texts ? Array.ConvertAll(texts, t => Cell.IsMissing(t) ? "" : t) : null;

    private string[]? Passed(string? name) => name == null ? null : table.Find(name, "the model").Texts;

    private void Describe(IReadOnlyList<string> leftOut)
    {
        Note(ColumnRole.Number, "numbers, scaled to [0, 1]", name => name);
        Note(ColumnRole.Category, "categories, one-hot", name => $"{name} ({ColumnProfile.Of(table.Find(name, "the model")).DistinctValues} values)");
        Note(ColumnRole.Text, "texts, featurized by their words", name => name);
        Note(ColumnRole.Sentence, "texts, by the sentence encoder", name => name);
        if (leftOut.Count > 0)
            _notes.Add($"not taken: {NameList.Of(leftOut)}");
        if (description.IdColumn is { } id)
            _notes.Add($"identifier: {id}");
        if (description.LabelColumn is { } label)
            _notes.Add($"label, only compared with: {label}");
        var missing = description.Columns.Where(c => c.Role == ColumnRole.Number).Sum(c => table.Find(c.Name, "the model").Texts.Count(Cell.IsMissing));
        if (missing > 0)
            _notes.Add($"{missing:N0} numbers are missing and become their column's mean");
    }

    private void Note(ColumnRole role, string what, Func<string, string> show)
    {
        var names = description.Columns.Where(c => c.Role == role).Select(c => show(c.Name)).ToArray();
        if (names.Length > 0)
            _notes.Add($"{what}: {NameList.Of(names)}");
    }
}
