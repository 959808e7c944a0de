namespace Microsoft.ML.DeepClustering.Tool.Input.Tables;

/// <summary>
/// Chooses the columns that become features: those that the user names, or without a word numbers and categories, or where there are none the texts.
/// </summary>
internal sealed class ColumnChoice
{
    private static readonly HashSet<string> LikelyLabels = new(StringComparer.OrdinalIgnoreCase) { "label", "class", "target" };

    private readonly Table _table;
    private readonly InputRequest _request;
    private readonly Dictionary<string, ColumnProfile> _profiles = [];
    private readonly List<string> _leftOut = [];
    private readonly List<string> _notes = [];

    public ColumnChoice(Table table, InputRequest request)
    {
        (_table, _request) = (table, request);
        LabelColumn = Find(request.LabelColumn, "--label")?.Name;
        IdColumn = (Find(request.IdColumn, "--id") ?? UsualId())?.Name;
        foreach (var name in request.Columns.Concat(request.TextColumns).Where(n => n == LabelColumn || n == request.IdColumn))
            throw new ToolFault($"The column \"{name}\" is the {(name == LabelColumn ? "label" : "identifier")}, which is no feature; leave it out of --columns and --text, or out of {(name == LabelColumn ? "--label" : "--id")}.");
        Columns = [.. Choose()];
        if (Columns.Count == 0)
            throw new ToolFault($"{table.Path} has no column that can be a feature{(_leftOut.Count > 0 ? $"; not taken: {string.Join(", ", _leftOut)}" : "")}{(table.SeparatorHint is { } hint ? $"; {hint}" : "")}.");
    }

    public IReadOnlyList<ColumnUse> Columns { get; }

    public string? LabelColumn { get; }

    public string? IdColumn { get; }

    /// <summary>The columns that are no features, each with the reason.</summary>
    public IReadOnlyList<string> LeftOut => _leftOut;

    /// <summary>What else the user should know of the choice.</summary>
    public IReadOnlyList<string> Notes => _notes;

    private ColumnRole TextRole => _request.SentenceEncoder ? ColumnRole.Sentence : ColumnRole.Text;

    private IEnumerable<ColumnUse> Choose()
    {
        var texts = _request.TextColumns.Distinct().Select(n => new ColumnUse(_table.Find(n, "--text").Name, TextRole)).ToArray();
        if (_request.Columns.Count > 0 || texts.Length > 0)
            return [.. _request.Columns.Distinct().Except(_request.TextColumns).Select(Named), .. texts];
        var free = _table.Columns.Where(c => c.Name != LabelColumn && c.Name != IdColumn).ToArray();
        var found = free.Select(ByItself).OfType<ColumnUse>().ToArray();
        if (LabelColumn == null)
            _notes.AddRange(found.Where(f => LikelyLabels.Contains(f.Name)).Select(f => $"{f.Name} is taken as a feature; --label {Quoted(f.Name)} compares with it instead"));
        if (found.Length > 0 && !_request.SentenceEncoder)
            return found;
        texts = [.. free.Where(c => ProfileOf(c).Nature == ColumnNature.Text).Select(c => new ColumnUse(c.Name, TextRole))];
        _leftOut.RemoveAll(left => texts.Any(t => left.StartsWith($"{t.Name} (", StringComparison.Ordinal)));
        return texts.Length > 0 || !_request.SentenceEncoder
            ? [.. found, .. texts]
            : throw new ToolFault($"{_table.Path} has no column of texts for --sentence-encoder; name one with --text.");
    }

    private ColumnUse Named(string name)
    {
        var column = _table.Find(name, "--columns");
        var profile = ProfileOf(column);
        return profile.Nature switch
        {
            ColumnNature.Text => throw new ToolFault($"The column \"{name}\" of {_table.Path} has {profile.DistinctValues:N0} different texts; take it with --text {Quoted(name)} rather than --columns."),
            ColumnNature.DecimalComma => throw DecimalComma(column),
            ColumnNature.Empty => throw new ToolFault($"The column \"{name}\" of {_table.Path}, which --columns names, has no values."),
            ColumnNature.Constant => throw new ToolFault($"The column \"{name}\" of {_table.Path}, which --columns names, has the same value in all rows."),
            ColumnNature.Category => new(name, ColumnRole.Category),
            _ => new(name, ColumnRole.Number),
        };
    }

    private ColumnUse? ByItself(TableColumn column)
    {
        var profile = ProfileOf(column);
        switch (profile.Nature)
        {
            case ColumnNature.Number:
                return new(column.Name, ColumnRole.Number);
            case ColumnNature.DecimalComma:
                throw DecimalComma(column);
            case ColumnNature.Category:
                return new(column.Name, ColumnRole.Category);
            case ColumnNature.Text:
                _leftOut.Add($"{column.Name} ({profile.DistinctValues:N0} different texts; --text {Quoted(column.Name)} takes it)");
                return null;
            default:
                _leftOut.Add($"{column.Name} ({(profile.Nature == ColumnNature.Empty ? "empty" : "the same in all rows")})");
                return null;
        }
    }

    private ToolFault DecimalComma(TableColumn column)
    {
        var row = Array.FindIndex(column.Texts, Cell.HasDecimalComma);
        return _table.FaultAt(row, column, $"{Cell.Complaint(column.Texts[row])}; correct the column, leave it out with --columns, or take it as texts with --text {Quoted(column.Name)}.");
    }

    private ColumnProfile ProfileOf(TableColumn column)
    {
        if (!_profiles.TryGetValue(column.Name, out var profile))
            _profiles[column.Name] = profile = ColumnProfile.Of(column);
        return profile;
    }

    private TableColumn? Find(string? name, string option) => name == null ? null : _table.Find(name, option);

    // A column "id" that tells every row from every other is no feature, unless the user says so.
    private TableColumn? UsualId()
    {
        var column = _table.Columns.FirstOrDefault(c => c.Name.Equals("id", StringComparison.OrdinalIgnoreCase));
        return column != null && column.Name != LabelColumn && !_request.Columns.Contains(column.Name) && ProfileOf(column).DistinctValues == _table.Rows ? column : null;
    }

    private static string Quoted(string name) => name.Contains(' ') ? $"\"{name}\"" : name;
}
