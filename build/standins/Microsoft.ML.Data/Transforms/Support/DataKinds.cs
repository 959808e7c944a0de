namespace Microsoft.ML.Data;

/// <summary>The primitive types that transforms and loaders handle, by kind and by type of value.</summary>
internal static class DataKinds
{
    private static readonly Dictionary<DataKind, PrimitiveDataViewType> Types = new()
    {
        [DataKind.SByte] = NumberDataViewType.SByte,
        [DataKind.Byte] = NumberDataViewType.Byte,
        [DataKind.Int16] = NumberDataViewType.Int16,
        [DataKind.UInt16] = NumberDataViewType.UInt16,
        [DataKind.Int32] = NumberDataViewType.Int32,
        [DataKind.UInt32] = NumberDataViewType.UInt32,
        [DataKind.Int64] = NumberDataViewType.Int64,
        [DataKind.UInt64] = NumberDataViewType.UInt64,
        [DataKind.Single] = NumberDataViewType.Single,
        [DataKind.Double] = NumberDataViewType.Double,
        [DataKind.String] = TextDataViewType.Instance,
        [DataKind.Boolean] = BooleanDataViewType.Instance,
    };

    public static PrimitiveDataViewType TypeOf(DataKind kind)
        => Types.TryGetValue(kind, out var type) ? type : throw new NotSupportedException($"Columns of the kind {kind} are not supported.");

    public static DataKind KindOf(PrimitiveDataViewType type)
    {
        foreach (var (kind, candidate) in Types)
        {
            if (candidate.Equals(type))
                return kind;
        }

        throw new NotSupportedException($"Columns of the type {type} are not supported.");
    }

    /// <summary>The kind of a member's type in a user's class; <see cref="string"/> is text.</summary>
    public static DataKind KindOf(Type type)
        => type == typeof(string) ? DataKind.String : KindOf(Types.Values.FirstOrDefault(candidate => candidate.RawType == type)
            ?? throw new NotSupportedException($"Members of the type {type} are not supported."));

    public static PrimitiveDataViewType NumberOf(Type rawType)
        => Types.Values.First(type => type is NumberDataViewType && type.RawType == rawType);
}
