using System.Reflection;

namespace Microsoft.ML.Data;

/// <summary>The columns that the attributes of a user's class stand for.</summary>
internal static class TextColumns
{
    public static TextLoader.Column[] Of<TInput>()
    {
        const BindingFlags Members = BindingFlags.Public | BindingFlags.Instance;
        var fields = typeof(TInput).GetFields(Members).Select(field => (Member: (MemberInfo)field, Type: field.FieldType));
        var properties = typeof(TInput).GetProperties(Members)
            .Where(property => property.CanRead && property.CanWrite && property.GetIndexParameters().Length == 0)
            .Select(property => (Member: (MemberInfo)property, Type: property.PropertyType));
        var columns = fields.Concat(properties)
            .Where(pair => pair.Member.GetCustomAttribute<NoColumnAttribute>() == null)
            .Select(pair => Of(pair.Member, pair.Type))
            .ToArray();
        return columns.Length > 0
            ? columns
            : throw new InvalidOperationException($"Should define at least one public, readable field or property in TInput, which is {typeof(TInput)}.");
    }

    private static TextLoader.Column Of(MemberInfo member, Type type)
    {
        var sources = member.GetCustomAttribute<LoadColumnAttribute>()?.Sources
            ?? throw new InvalidOperationException($"Field or property {member.Name} is missing the LoadColumn attribute");
        var isVector = type.IsArray || (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(VBuffer<>));
        var itemType = type.IsArray ? type.GetElementType() : isVector ? type.GetGenericArguments()[0] : type;
        var column = new TextLoader.Column(
            member.GetCustomAttribute<ColumnNameAttribute>()?.Name ?? member.Name,
            DataKinds.KindOf(itemType),
            sources.Select(source => new TextLoader.Range(source.Start, source.End) { ForceVector = isVector }).ToArray());
        if (member.GetCustomAttribute<KeyTypeAttribute>() is { } key)
            column.KeyCount = key.Count is { } count ? new KeyCount(count) : new KeyCount();
        return column;
    }
}
