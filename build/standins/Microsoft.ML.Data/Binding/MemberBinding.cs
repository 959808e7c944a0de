using System.Reflection;

namespace Microsoft.ML.Data;

/// <summary>Moves values between a member of a user's class and a column.</summary>
internal abstract class MemberBinding<TRow>
{
    public static MemberBinding<TRow> Of(string memberName, DataViewType columnType, string columnName)
    {
        var member = typeof(TRow).GetMember(memberName, MemberTypes.Field | MemberTypes.Property, BindingFlags.Public | BindingFlags.Instance)
            .FirstOrDefault()
            ?? throw new ArgumentException($"{typeof(TRow)} has no public field or property '{memberName}'.", nameof(memberName));
        var type = member.ValueType();
        if (MemberType.RawType(type) != columnType.RawType)
            throw new InvalidOperationException($"Can't bind the IDataView column '{columnName}' of type '{columnType}' to field or property '{memberName}' of type '{type}'.");
        return Make(member, type);
    }

    /// <summary>A getter of the column from the row that <paramref name="current"/> yields.</summary>
    public abstract Delegate MakeGetter(Func<TRow> current);

    /// <summary>What sets the member to the current value of the column.</summary>
    public abstract Action<TRow> MakeSetter(DataViewRow row, DataViewSchema.Column column);

    private static MemberBinding<TRow> Make(MemberInfo member, Type type)
    {
        if (type == typeof(string))
            return new TextBinding<TRow>(member);
        if (type == typeof(string[]))
            return new TextArrayBinding<TRow>(member);
        var (item, isVector) = MemberType.ItemType(type);
        var definition = !isVector ? typeof(ValueBinding<,>) : type.IsArray ? typeof(ArrayBinding<,>) : typeof(VectorBinding<,>);
        return (MemberBinding<TRow>)Activator.CreateInstance(definition.MakeGenericType(typeof(TRow), item), member);
    }
}

/// <summary>A member of a primitive type.</summary>
internal sealed class ValueBinding<TRow, T>(MemberInfo member) : MemberBinding<TRow>
{
    private readonly MemberAccess<TRow, T> _access = new(member);

    public override Delegate MakeGetter(Func<TRow> current)
    {
        var read = _access.Read;
        return (ValueGetter<T>)((ref T value) => value = read(current()));
    }

    public override Action<TRow> MakeSetter(DataViewRow row, DataViewSchema.Column column)
    {
        var getter = row.GetGetter<T>(column);
        var write = _access.Write;
        return target =>
        {
            T value = default;
            getter(ref value);
            write(target, value);
        };
    }
}

/// <summary>A string.</summary>
internal sealed class TextBinding<TRow>(MemberInfo member) : MemberBinding<TRow>
{
    private readonly MemberAccess<TRow, string> _access = new(member);

    public override Delegate MakeGetter(Func<TRow> current)
    {
        var read = _access.Read;
        return (ValueGetter<ReadOnlyMemory<char>>)((ref ReadOnlyMemory<char> value) => value = read(current()).AsMemory());
    }

    public override Action<TRow> MakeSetter(DataViewRow row, DataViewSchema.Column column)
    {
        var getter = row.GetGetter<ReadOnlyMemory<char>>(column);
        var write = _access.Write;
        return target =>
        {
            ReadOnlyMemory<char> value = default;
            getter(ref value);
            write(target, value.ToString());
        };
    }
}

/// <summary>An array; null stands for an empty vector.</summary>
internal sealed class ArrayBinding<TRow, T>(MemberInfo member) : MemberBinding<TRow>
{
    private readonly MemberAccess<TRow, T[]> _access = new(member);

    public override Delegate MakeGetter(Func<TRow> current)
    {
        var read = _access.Read;
        return (ValueGetter<VBuffer<T>>)((ref VBuffer<T> value) =>
        {
            var source = read(current()) ?? [];
            VBuffer<T>.Copy(source, 0, ref value, source.Length);
        });
    }

    public override Action<TRow> MakeSetter(DataViewRow row, DataViewSchema.Column column)
    {
        var getter = row.GetGetter<VBuffer<T>>(column);
        var access = _access;
        VBuffer<T> buffer = default;
        return target =>
        {
            getter(ref buffer);
            var values = access.Read(target);
            if (values?.Length != buffer.Length)
                values = new T[buffer.Length];
            buffer.CopyTo(values);
            access.Write(target, values);
        };
    }
}

/// <summary>An array of strings.</summary>
internal sealed class TextArrayBinding<TRow>(MemberInfo member) : MemberBinding<TRow>
{
    private readonly MemberAccess<TRow, string[]> _access = new(member);

    public override Delegate MakeGetter(Func<TRow> current)
    {
        var read = _access.Read;
        return (ValueGetter<VBuffer<ReadOnlyMemory<char>>>)((ref VBuffer<ReadOnlyMemory<char>> value) =>
        {
            var source = read(current()) ?? [];
            var editor = VBufferEditor.Create(ref value, source.Length);
            for (var i = 0; i < source.Length; i++)
                editor.Values[i] = source[i].AsMemory();
            value = editor.Commit();
        });
    }

    public override Action<TRow> MakeSetter(DataViewRow row, DataViewSchema.Column column)
    {
        var getter = row.GetGetter<VBuffer<ReadOnlyMemory<char>>>(column);
        var write = _access.Write;
        VBuffer<ReadOnlyMemory<char>> buffer = default;
        return target =>
        {
            getter(ref buffer);
            write(target, buffer.DenseValues().Select(text => text.ToString()).ToArray());
        };
    }
}

/// <summary>A vector as a column has it.</summary>
internal sealed class VectorBinding<TRow, T>(MemberInfo member) : MemberBinding<TRow>
{
    private readonly MemberAccess<TRow, VBuffer<T>> _access = new(member);

    public override Delegate MakeGetter(Func<TRow> current)
    {
        var read = _access.Read;
        return (ValueGetter<VBuffer<T>>)((ref VBuffer<T> value) => read(current()).CopyTo(ref value));
    }

    public override Action<TRow> MakeSetter(DataViewRow row, DataViewSchema.Column column)
    {
        var getter = row.GetGetter<VBuffer<T>>(column);
        var access = _access;
        return target =>
        {
            var value = access.Read(target);
            getter(ref value);
            access.Write(target, value);
        };
    }
}
