using Microsoft.ML.Data;

namespace Benchmarks;

/// <summary>Rows with columns that scoring passes through: texts, vectors and numbers in turn. Reads every value of every column.</summary>
internal static class PassedThrough
{
    private const int VectorSize = 16;

    /// <summary>A cached view with so many columns beside the features.</summary>
    public static IDataView View(MLContext ml, float[][] features, int columns)
    {
        var schema = SchemaDefinition.Create(typeof(Row));
        schema[nameof(Row.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, features[0].Length);
        IDataView view = ml.Data.LoadFromEnumerable(features.Select((f, i) => new Row { Features = f, Text = $"row {i}", Number = i, Vector = f[..VectorSize] }), schema);
        string[] kinds = [nameof(Row.Text), nameof(Row.Vector), nameof(Row.Number)];
        for (var i = 0; i < columns; i++)
            view = ml.Transforms.CopyColumns($"Column{i}", kinds[i % kinds.Length]).Fit(view).Transform(view);
        return ml.Data.Cache(ml.Transforms.DropColumns(kinds).Fit(view).Transform(view));
    }

    /// <summary>Reads all columns but the features of all rows by one cursor -> the sum of the labels.</summary>
    public static long Read(IDataView scored)
    {
        using var cursor = scored.GetRowCursor(Columns(scored.Schema));
        return Read(cursor);
    }

    /// <summary>The same by the cursors of one set at once.</summary>
    public static long ReadSet(IDataView scored, int cursors, Action begin)
    {
        var set = scored.GetRowCursorSet(Columns(scored.Schema), cursors);
        var sums = new long[set.Length];
        var threads = set.Select((cursor, i) => new Thread(() =>
        {
            begin();
            using (cursor)
                sums[i] = Read(cursor);
        })).ToArray();
        Array.ForEach(threads, t => t.Start());
        Array.ForEach(threads, t => t.Join());
        return sums.Sum();
    }

    private static DataViewSchema.Column[] Columns(DataViewSchema schema) => [.. schema.Where(c => c.Name != nameof(Row.Features))];

    private static long Read(DataViewRowCursor cursor)
    {
        var sum = 0L;
        var readers = Columns(cursor.Schema).Where(c => c.Name != "PredictedLabel").Select(c => Reader(cursor, c)).ToArray();
        var getLabel = cursor.GetGetter<uint>(cursor.Schema["PredictedLabel"]);
        uint label = 0;
        while (cursor.MoveNext())
        {
            getLabel(ref label);
            sum += label;
            foreach (var read in readers)
                read();
        }

        return sum;
    }

    private static Action Reader(DataViewRow row, DataViewSchema.Column column)
    {
        if (column.Type is VectorDataViewType)
            return Reader<VBuffer<float>>(row, column);
        return column.Type is TextDataViewType ? Reader<ReadOnlyMemory<char>>(row, column) : Reader<float>(row, column);
    }

    private static Action Reader<T>(DataViewRow row, DataViewSchema.Column column)
    {
        var getter = row.GetGetter<T>(column);
        T value = default!;
        return () => getter(ref value);
    }

    private sealed class Row
    {
        public float[] Features { get; set; } = [];

        public string Text { get; set; } = "";

        public float Number { get; set; }

        [VectorType(VectorSize)]
        public float[] Vector { get; set; } = [];
    }
}
