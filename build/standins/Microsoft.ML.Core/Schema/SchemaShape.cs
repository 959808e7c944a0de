using System.Collections;
using Microsoft.ML.Data;

namespace Microsoft.ML;

/// <summary>What is known of a schema before anything is fitted: names, kinds and item types, no sizes.</summary>
public sealed partial class SchemaShape : IReadOnlyList<SchemaShape.Column>
{
    private readonly Column[] _columns;

    public SchemaShape(IEnumerable<Column> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        _columns = columns.ToArray();
        if (_columns.Any(column => column.Name == null))
            throw new ArgumentException("Some items are not initialized properly.", nameof(columns));
    }

    public int Count => _columns.Length;

    public Column this[int index] => _columns[index];

    public IEnumerator<Column> GetEnumerator() => ((IEnumerable<Column>)_columns).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal static SchemaShape Create(DataViewSchema schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        return new SchemaShape(schema
            .Where(column => !column.IsHidden)
            .Select(column => ColumnOf(column.Name, column.Type, Create(column.Annotations.Schema))));
    }

    internal bool TryFindColumn(string name, out Column column)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        column = Array.Find(_columns, candidate => candidate.Name == name);
        return column.Name != null;
    }

    private static Column ColumnOf(string name, DataViewType type, SchemaShape annotations)
    {
        var kind = type switch
        {
            VectorDataViewType { IsKnownSize: true } => Column.VectorKind.Vector,
            VectorDataViewType => Column.VectorKind.VariableVector,
            _ => Column.VectorKind.Scalar,
        };
        var itemType = (type as VectorDataViewType)?.ItemType ?? type;
        return itemType is KeyDataViewType
            ? new Column(name, kind, NumberDataViewType.All.First(number => number.RawType == itemType.RawType), true, annotations)
            : new Column(name, kind, itemType, false, annotations);
    }
}
