namespace Microsoft.ML.Data;

/// <summary>Writes and reads values of the types that <see cref="DataKinds"/> lists.</summary>
internal static class ValueIO
{
    public static void Write(BinaryWriter writer, object value)
    {
        switch (value)
        {
            case ReadOnlyMemory<char> text:
                writer.Write(text.ToString());
                break;
            case bool flag:
                writer.Write(flag);
                break;
            case float number:
                writer.Write(number);
                break;
            case double number:
                writer.Write(number);
                break;
            case ulong number:
                writer.Write(number);
                break;
            default:
                writer.Write(Convert.ToInt64(value));
                break;
        }
    }

    public static T Read<T>(BinaryReader reader)
    {
        object value = default(T) switch
        {
            ReadOnlyMemory<char> => reader.ReadString().AsMemory(),
            bool => reader.ReadBoolean(),
            float => reader.ReadSingle(),
            double => reader.ReadDouble(),
            ulong => reader.ReadUInt64(),
            _ => Convert.ChangeType(reader.ReadInt64(), typeof(T)),
        };
        return (T)value;
    }
}
