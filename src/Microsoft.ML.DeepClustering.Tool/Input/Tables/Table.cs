namespace Microsoft.ML.DeepClustering.Tool.Input.Tables;

/// <summary>A table as it was read, before anything is known of what its columns are for.</summary>
/// <param name="Path">The file.</param>
/// <param name="Columns">1 or more, of different names.</param>
/// <param name="Rows">1 or more.</param>
/// <param name="PlaceOf">Where a row, counted from 0, stands in the file: "line 7", "row 7".</param>
internal sealed record Table(string Path, IReadOnlyList<TableColumn> Columns, int Rows, Func<int, string> PlaceOf)
{
    /// <summary>The separator of a text file; null elsewhere.</summary>
    public string? Separator { get; init; }

    /// <summary>Whether the names of the columns stood in the file.</summary>
    public bool HasHeader { get; init; } = true;

    /// <summary>What to say where all of a text file is one column, and another separator may be meant; null elsewhere.</summary>
    public string? SeparatorHint { get; init; }

    /// <summary>A column that the user or a model names.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="why">Who names it: "--label", "the model".</param>
    public TableColumn Find(string name, string why)
    {
        if (Columns.FirstOrDefault(c => c.Name == name) is { } column)
            return column;
        var alike = Columns.FirstOrDefault(c => c.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        throw new ToolFault($"{Path} has no column \"{name}\", which {why} names; {(alike != null ? $"did you mean \"{alike.Name}\"?" : $"it has {NameList.Of(Columns.Select(c => c.Name))}{(SeparatorHint == null ? "" : $"; {SeparatorHint}")}.")}");
    }

    /// <summary>A fault in a cell.</summary>
    public ToolFault FaultAt(int row, TableColumn column, string what) => new($"{Path}, {PlaceOf(row)}, column \"{column.Name}\": {what}");
}
