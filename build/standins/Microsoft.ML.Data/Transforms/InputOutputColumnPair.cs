namespace Microsoft.ML;

/// <summary>The names of a new column and of the one that it is computed from.</summary>
public sealed class InputOutputColumnPair
{
    public InputOutputColumnPair(string outputColumnName, string inputColumnName = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(outputColumnName);
        OutputColumnName = outputColumnName;
        InputColumnName = inputColumnName ?? outputColumnName;
    }

    public string OutputColumnName { get; }

    public string InputColumnName { get; }

    internal void Save(BinaryWriter writer)
    {
        writer.Write(OutputColumnName);
        writer.Write(InputColumnName);
    }

    internal static InputOutputColumnPair Load(BinaryReader reader) => new(reader.ReadString(), reader.ReadString());

    internal static void Save(BinaryWriter writer, InputOutputColumnPair[] pairs)
    {
        writer.Write(pairs.Length);
        foreach (var pair in pairs)
            pair.Save(writer);
    }

    internal static InputOutputColumnPair[] LoadAll(BinaryReader reader)
    {
        var pairs = new InputOutputColumnPair[reader.ReadInt32()];
        for (var i = 0; i < pairs.Length; i++)
            pairs[i] = Load(reader);
        return pairs;
    }
}
