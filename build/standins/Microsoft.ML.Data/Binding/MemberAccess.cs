using System.Linq.Expressions;
using System.Reflection;

namespace Microsoft.ML.Data;

/// <summary>Reads and writes a field or property.</summary>
internal sealed class MemberAccess<TRow, TValue>(MemberInfo member)
{
    private Func<TRow, TValue> _read;
    private Action<TRow, TValue> _write;

    public Func<TRow, TValue> Read => _read ??= MakeRead();

    public Action<TRow, TValue> Write => _write ??= MakeWrite();

    private Func<TRow, TValue> MakeRead()
    {
        var row = Expression.Parameter(typeof(TRow));
        return Expression.Lambda<Func<TRow, TValue>>(Expression.MakeMemberAccess(row, member), row).Compile();
    }

    private Action<TRow, TValue> MakeWrite()
    {
        var row = Expression.Parameter(typeof(TRow));
        var value = Expression.Parameter(typeof(TValue));
        return Expression.Lambda<Action<TRow, TValue>>(Expression.Assign(Expression.MakeMemberAccess(row, member), value), row, value).Compile();
    }
}
