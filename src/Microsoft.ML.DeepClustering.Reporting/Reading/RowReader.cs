using Microsoft.ML.Data;
using Microsoft.ML.DeepClustering.Data;

namespace Microsoft.ML.DeepClustering.Reporting;

/// <summary>Reads along while the data is evaluated, and keeps what a report shows of single rows and what it adds up of each cluster.</summary>
internal sealed class RowReader(ReportColumns columns, ReportOptions options)
{
    /// <summary>Rows are shown of clusters up to this one.</summary>
    public const int MaximumClustersShown = 200;

    private const int MaximumCharacters = 200;
    private const int RowsBetweenLooks = 1024;

    private readonly Dictionary<int, ClusterSums> _sums = [];
    private readonly Dictionary<int, ClusterExamples> _examples = [];
    private readonly HashSet<int> _counted = [];
    private LabelReader? _labels;
    private long _row;

    /// <summary>The rows to map; null without an embedding, or if no map is wanted.</summary>
    public MapSample? Sample { get; } = columns.Embedding is { Type: VectorDataViewType type } && options.MaximumMappedRows > 0
        ? new MapSample(type.Size, options.MaximumMappedRows, options.Seed)
        : null;

    /// <summary>Makes small images; null where there are no pixels.</summary>
    public PixelReader? Pixels { get; } = columns.Shape is { } shape ? new PixelReader(shape) : null;

    /// <summary>What was added up of a cluster, from 1; null if it has no row.</summary>
    public ClusterSums? SumsOf(int cluster) => _sums.GetValueOrDefault(cluster);

    /// <summary>The rows to show of a cluster, from 1; null if it has none with a distance.</summary>
    public ClusterExamples? ExamplesOf(int cluster) => _examples.GetValueOrDefault(cluster);

    /// <summary>The numbers and names of the classes that have rows in clusters, in the order of the contingency table.</summary>
    public IReadOnlyList<(int Number, string Name)> Classes() => _labels?.Classes().Where(c => _counted.Contains(c.Number)).ToArray() ?? [];

    /// <summary>What to do at each row of a cursor.</summary>
    public Action Attach(DataViewRow row)
    {
        var readCluster = KeyReader.Create(row, columns.Predicted ?? row.Schema[ReportOptions.DefaultPredictedLabel])!;
        _labels = columns.Label is { } label ? LabelReader.Create(row, label, nameof(ReportOptions.LabelColumnName)) : null;
        var readDistance = SlotReader(row, columns.Score);
        var readProbability = SlotReader(row, columns.Probability);
        var readEmbedding = columns.Embedding is { } embedding ? MapSample.Reader(row, embedding) : null;
        var readExample = ExampleReader(row);
        return () =>
        {
            if (_row % RowsBetweenLooks == 0)
                options.CancellationToken.ThrowIfCancellationRequested();
            var place = _row++;
            var (key, number) = (readCluster(), _labels?.Read() ?? LabelReader.Missing);
            // Higher keys are the evaluation's to refuse.
            if (key is 0 or > int.MaxValue)
                return;
            var cluster = (int)key;
            if (number != LabelReader.Missing)
                _counted.Add(number);
            var (distance, probability) = (readDistance(cluster - 1), readProbability(cluster - 1));
            Sums(cluster).Add(distance, probability);
            Sample?.Offer(place, cluster, number, readEmbedding!);
            if (cluster <= MaximumClustersShown && float.IsFinite(distance))
                Examples(cluster).Offer(distance, place, () => readExample(new(place, distance) { Probability = float.IsFinite(probability) ? probability : null, Class = number }));
        };
    }

    private ClusterSums Sums(int cluster) => _sums.TryGetValue(cluster, out var sums) ? sums : _sums[cluster] = new();

    private ClusterExamples Examples(int cluster) => _examples.TryGetValue(cluster, out var examples) ? examples : _examples[cluster] = new(options.ExamplesPerCluster);

    // A value of a vector of the current row; NaN where there is none.
    private static Func<int, float> SlotReader(DataViewRow row, DataViewSchema.Column? column)
    {
        if (column is not { } found)
            return _ => float.NaN;
        var getter = row.GetGetter<VBuffer<float>>(found);
        VBuffer<float> value = default;
        return slot =>
        {
            getter(ref value);
            return slot < value.Length ? value.GetItemOrDefault(slot) : float.NaN;
        };
    }

    private Func<ExampleRow, ExampleRow> ExampleReader(DataViewRow row)
    {
        if (options.ExamplesPerCluster == 0)
            return example => example;
        var readText = columns.Text is { } text ? TextReader(row, text) : null;
        var readPath = columns is { HasFiles: true, Image: { } paths } ? TextReader(row, paths) : null;
        var readPixels = columns.Pixels is { } pixels ? Pixels?.Create(row, pixels) : null;
        var readCells = columns.Cells.Count > 0 ? CellReader.Create(row, columns.Cells) : null;
        return example => example with
        {
            Text = readText?.Invoke() is { } found ? Plain.Shorten(found.Length > 8 * MaximumCharacters ? found[..(8 * MaximumCharacters)] : found, MaximumCharacters) : null,
            ImagePath = readPath?.Invoke(),
            Pixels = readPixels?.Invoke(),
            Cells = readCells?.Invoke() ?? [],
        };
    }

    private static Func<string> TextReader(DataViewRow row, DataViewSchema.Column column)
    {
        var getter = row.GetGetter<ReadOnlyMemory<char>>(column);
        ReadOnlyMemory<char> value = default;
        return () =>
        {
            getter(ref value);
            return value.ToString();
        };
    }
}
