using System.Collections;
using Microsoft.ML.Data;

namespace Microsoft.ML;

/// <summary>The columns of a view. Of several columns of one name the last is the one that the name stands for.</summary>
public sealed partial class DataViewSchema : IReadOnlyList<DataViewSchema.Column>
{
    private readonly Column[] _columns;
    private readonly Dictionary<string, int> _indexByName = [];

    private DataViewSchema(IReadOnlyList<DetachedColumn> columns)
    {
        for (var i = 0; i < columns.Count; i++)
            _indexByName[columns[i].Name] = i;
        _columns = new Column[columns.Count];
        for (var i = 0; i < columns.Count; i++)
        {
            var column = columns[i];
            _columns[i] = new Column(column.Name, i, _indexByName[column.Name] != i, column.Type, column.Annotations);
        }
    }

    public int Count => _columns.Length;

    public Column this[string name]
    {
        get
        {
            ArgumentException.ThrowIfNullOrEmpty(name);
            return GetColumnOrNull(name) ?? throw new ArgumentOutOfRangeException(nameof(name), $"Column '{name}' not found");
        }
    }

    public Column this[int columnIndex]
    {
        get
        {
            if (columnIndex < 0 || columnIndex >= _columns.Length)
                throw new ArgumentOutOfRangeException(nameof(columnIndex));
            return _columns[columnIndex];
        }
    }

    public Column? GetColumnOrNull(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return _indexByName.TryGetValue(name, out var index) ? _columns[index] : null;
    }

    public IEnumerator<Column> GetEnumerator() => ((IEnumerable<Column>)_columns).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => string.Join(", ", _columns.Select(column => column.ToString()));

    private static Annotations OrEmpty(Annotations annotations) => annotations ?? Annotations.Empty;
}
