using System.Reflection;

namespace Microsoft.ML.Data;

/// <summary>The type of column that a member of a user's class stands for.</summary>
internal static class MemberType
{
    public static IEnumerable<MemberInfo> Of(Type userType, SchemaDefinition.Direction direction)
    {
        const BindingFlags PublicInstance = BindingFlags.Public | BindingFlags.Instance;
        var fields = userType.GetFields(PublicInstance)
            .Where(field => direction == SchemaDefinition.Direction.Read || !field.IsInitOnly);
        var properties = userType.GetProperties(PublicInstance).Where(property =>
            property.GetIndexParameters().Length == 0
            && (!direction.HasFlag(SchemaDefinition.Direction.Read) || property.GetGetMethod() != null)
            && (!direction.HasFlag(SchemaDefinition.Direction.Write) || property.GetSetMethod() != null));
        return fields.Concat<MemberInfo>(properties)
            .Where(member => member.GetCustomAttribute<NoColumnAttribute>() == null);
    }

    public static Type ValueType(this MemberInfo member)
        => member is FieldInfo field ? field.FieldType : ((PropertyInfo)member).PropertyType;

    /// <summary>The column's type by the member's own type and attributes.</summary>
    public static DataViewType ColumnType(MemberInfo member)
    {
        var (itemType, isVector) = ItemType(member.ValueType());
        var item = PrimitiveType(itemType) ?? throw new ArgumentOutOfRangeException(
            "rawType", $"Could not determine an IDataView type and registered custom types for member {member.Name}");
        var vector = member.GetCustomAttribute<VectorTypeAttribute>();
        if (vector != null && !isVector)
            throw new ArgumentException($"Member {member.Name} is marked with {nameof(VectorTypeAttribute)}, but does not appear to be a vector type.");
        if (member.GetCustomAttribute<KeyTypeAttribute>() is { } key)
        {
            if (!KeyDataViewType.IsValidDataType(itemType))
                throw new ArgumentException($"Member {member.Name} is marked with {nameof(KeyTypeAttribute)}, but appears to be a non-unsigned integer type.");
            item = new KeyDataViewType(itemType, key.Count ?? LargestCount(itemType));
        }

        if (!isVector)
            return item;
        return vector?.Dims is { Length: > 0 } dimensions ? new VectorDataViewType(item, dimensions) : new VectorDataViewType(item);
    }

    /// <summary>The type of the values, or of a vector's values.</summary>
    public static (Type Item, bool IsVector) ItemType(Type type)
    {
        if (type.IsSZArray)
            return (type.GetElementType(), true);
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(VBuffer<>))
            return (type.GetGenericArguments()[0], true);
        return (type, false);
    }

    /// <summary>The type that a getter of the member's column yields.</summary>
    public static Type RawType(Type type)
    {
        var (item, isVector) = ItemType(type);
        var raw = item == typeof(string) ? typeof(ReadOnlyMemory<char>) : item;
        return isVector ? typeof(VBuffer<>).MakeGenericType(raw) : raw;
    }

    private static PrimitiveDataViewType PrimitiveType(Type type)
    {
        if (type == typeof(string) || type == typeof(ReadOnlyMemory<char>))
            return TextDataViewType.Instance;
        PrimitiveDataViewType[] others =
        [
            BooleanDataViewType.Instance, DateTimeDataViewType.Instance, DateTimeOffsetDataViewType.Instance,
            TimeSpanDataViewType.Instance, RowIdDataViewType.Instance,
        ];
        return NumberDataViewType.All.Concat(others).FirstOrDefault(candidate => candidate.RawType == type);
    }

    private static ulong LargestCount(Type type)
        => type == typeof(byte) ? byte.MaxValue : type == typeof(ushort) ? ushort.MaxValue : type == typeof(uint) ? uint.MaxValue : ulong.MaxValue;
}
