using System.Reflection;

namespace Microsoft.ML.Data;

/// <summary>The columns that the members of a user's class stand for; it may be changed before it is used.</summary>
public sealed class SchemaDefinition : List<SchemaDefinition.Column>
{
    private SchemaDefinition()
    {
    }

    /// <summary>What the members must allow.</summary>
    [Flags]
    public enum Direction
    {
        Read = 1,
        Write = 2,
        Both = Read | Write,
    }

    public Column this[string columnName]
    {
        get => Find(column => column.ColumnName == columnName);
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            var index = FindIndex(column => column.ColumnName == columnName);
            if (index >= 0)
                this[index] = value;
            else
                Add(value);
        }
    }

    public static SchemaDefinition Create(Type userType, Direction direction = Direction.Both)
    {
        ArgumentNullException.ThrowIfNull(userType);
        var definition = new SchemaDefinition();
        foreach (var member in MemberType.Of(userType, direction))
        {
            var name = member.GetCustomAttribute<ColumnNameAttribute>()?.Name ?? member.Name;
            if (definition.Exists(column => column.ColumnName == name))
                throw new InvalidOperationException($"Duplicate column name '{name}' detected, this is disallowed");
            definition.Add(new Column(member.Name, MemberType.ColumnType(member), name));
        }

        return definition;
    }

    /// <summary>The members of a class with the types and annotations of a schema's columns of their names.</summary>
    internal static SchemaDefinition Create(Type userType, DataViewSchema schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        var definition = Create(userType, Direction.Read);
        foreach (var column in definition)
        {
            if (schema.GetColumnOrNull(column.ColumnName) is not { } known)
                continue;
            column.ColumnType = known.Type;
            column.CopyAnnotations(known.Annotations);
        }

        return definition;
    }

    /// <summary>A column.</summary>
    public sealed class Column
    {
        private readonly DataViewSchema.Annotations.Builder _annotations = new();

        internal Column(string memberName, DataViewType columnType, string columnName)
        {
            MemberName = memberName;
            ColumnType = columnType;
            ColumnName = columnName;
        }

        public string MemberName { get; }

        public string ColumnName { get; set; }

        public DataViewType ColumnType { get; set; }

        public DataViewSchema.Annotations Annotations => _annotations.ToAnnotations();

        public void AddAnnotation<T>(string kind, T value, DataViewType annotationType)
        {
            ArgumentException.ThrowIfNullOrEmpty(kind);
            ArgumentNullException.ThrowIfNull(annotationType);
            _annotations.Add(kind, annotationType, (ref T target) => target = value);
        }

        internal void CopyAnnotations(DataViewSchema.Annotations annotations) => _annotations.Add(annotations, _ => true);
    }
}
