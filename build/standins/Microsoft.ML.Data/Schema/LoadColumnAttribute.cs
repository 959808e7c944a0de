namespace Microsoft.ML.Data;

/// <summary>The fields of a text file that the member is read from.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property, AllowMultiple = false, Inherited = true)]
public sealed class LoadColumnAttribute : Attribute
{
    public LoadColumnAttribute(int fieldIndex)
    {
        Sources = [(fieldIndex, fieldIndex)];
    }

    public LoadColumnAttribute(int start, int end)
    {
        Sources = [(start, end)];
    }

    public LoadColumnAttribute(int[] columnIndexes)
    {
        Sources = columnIndexes.Select(index => (index, index)).ToArray();
    }

    /// <summary>First and last field of each range, both of them in it.</summary>
    internal (int Start, int End)[] Sources { get; }
}
