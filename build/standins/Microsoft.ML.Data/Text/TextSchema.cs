using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>The loader's columns: their types, and the fields of a line that each is read from.</summary>
internal sealed class TextSchema
{
    public TextSchema(IExceptionContext context, TextLoader.Options options, IMultiStreamSource sample)
    {
        InputSize = options.InputSize ?? 0;
        if (InputSize == 0 && options.Columns.SelectMany(column => column.Source).Any(IsOpen))
        {
            InputSize = sample == null ? 0 : CountFields(options, sample);
            context.CheckUserArg(InputSize > 0, nameof(TextLoader.Column.Source), "Can't determine the number of source columns without valid data");
        }

        var header = ReadHeader(options, sample);
        var taken = options.Columns.SelectMany(column => column.Source).Where(range => !range.AllOther).SelectMany(Indices).ToHashSet();
        var builder = new DataViewSchema.Builder();
        Fields = new int[options.Columns.Length][];
        for (var i = 0; i < Fields.Length; i++)
        {
            var column = options.Columns[i];
            Fields[i] = column.Source
                .SelectMany(range => range.AllOther ? Enumerable.Range(0, InputSize).Where(index => !taken.Contains(index)) : Indices(range))
                .ToArray();
            var itemType = ItemType(column);
            var isVector = Fields[i].Length != 1 || column.Source.Any(range => range.ForceVector);
            builder.AddColumn(column.Name, isVector ? new VectorDataViewType(itemType, Fields[i].Length) : itemType,
                isVector && header != null ? SlotNames(Fields[i], header) : null);
        }

        Schema = builder.ToSchema();
    }

    public DataViewSchema Schema { get; }

    /// <summary>For each column the 0-based numbers of its fields.</summary>
    public int[][] Fields { get; }

    /// <summary>The number of fields of a line; 0 if no column depends on it.</summary>
    public int InputSize { get; }

    private static bool IsOpen(TextLoader.Range range) => range.AllOther || range.Max == null;

    private static PrimitiveDataViewType ItemType(TextLoader.Column column)
    {
        var type = DataKinds.TypeOf(column.DataKind);
        return column.KeyCount == null
            ? type
            : new KeyDataViewType(type.RawType, column.KeyCount.Count ?? (type.RawType == typeof(byte) ? byte.MaxValue : type.RawType == typeof(ushort) ? ushort.MaxValue : uint.MaxValue));
    }

    private static int CountFields(TextLoader.Options options, IMultiStreamSource sample)
    {
        using var lines = new TextLines(sample, options);
        return lines.MoveNext() ? new FieldSplitter(options).Split(lines.Current).Count : 0;
    }

    private static List<ReadOnlyMemory<char>> ReadHeader(TextLoader.Options options, IMultiStreamSource sample)
    {
        if (string.IsNullOrEmpty(options.HeaderFile) && (!options.HasHeader || sample == null))
            return null;
        var source = string.IsNullOrEmpty(options.HeaderFile) ? sample : new MultiFileSource(options.HeaderFile);
        using var lines = new TextLines(source, options, skipHeader: false);
        return lines.MoveNext() ? new FieldSplitter(options).Split(lines.Current) : null;
    }

    private static DataViewSchema.Annotations SlotNames(int[] fields, List<ReadOnlyMemory<char>> header)
    {
        var builder = new DataViewSchema.Annotations.Builder();
        builder.AddValues(AnnotationKinds.SlotNames, TextDataViewType.Instance,
            Array.ConvertAll(fields, field => field < header.Count ? header[field].ToString().Trim().AsMemory() : default));
        return builder.ToAnnotations();
    }

    private IEnumerable<int> Indices(TextLoader.Range range)
    {
        var end = range.Max ?? InputSize - 1;
        return Enumerable.Range(range.Min, Math.Max(end - range.Min + 1, 0));
    }
}
