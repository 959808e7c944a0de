using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>One column's values.</summary>
public static class ColumnCursorExtensions
{
    public static IEnumerable<T> GetColumn<T>(this IDataView data, string columnName)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentException.ThrowIfNullOrEmpty(columnName);
        var column = data.Schema.GetColumnOrNull(columnName)
            ?? throw Contracts.ExceptSchemaMismatch(null, nameof(columnName), "input", columnName);
        return data.GetColumn<T>(column);
    }

    public static IEnumerable<T> GetColumn<T>(this IDataView data, DataViewSchema.Column column)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (MemberType.RawType(typeof(T)) != column.Type.RawType)
            throw new ArgumentOutOfRangeException(nameof(column), $"Could not map a data column '{column.Name}' of type '{column.Type}' to {typeof(T)}.");
        // A holder has one field, so arrays, strings and vectors are read as they are into members.
        var binding = MemberBinding<Holder<T>>.Of(nameof(Holder<T>.Value), column.Type, column.Name);
        return Read(data, column, binding);
    }

    private static IEnumerable<T> Read<T>(IDataView data, DataViewSchema.Column column, MemberBinding<Holder<T>> binding)
    {
        using var cursor = data.GetRowCursor([column]);
        var holder = new Holder<T>();
        var read = binding.MakeSetter(cursor, column);
        while (cursor.MoveNext())
        {
            holder.Value = default;
            read(holder);
            yield return holder.Value;
        }
    }

    private sealed class Holder<T>
    {
        public T Value;
    }
}
