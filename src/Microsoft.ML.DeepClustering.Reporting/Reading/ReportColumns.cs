using Microsoft.ML.Data;
using Microsoft.ML.DeepClustering.Data;

namespace Microsoft.ML.DeepClustering.Reporting;

/// <summary>The columns that a report reads, and their types checked.</summary>
internal sealed class ReportColumns
{
    private readonly DataViewSchema _schema;

    /// <exception cref="ArgumentOutOfRangeException">A named column is missing or its type does not fit.</exception>
    public ReportColumns(DataViewSchema schema, ReportOptions options)
    {
        _schema = schema;
        Score = Optional(options.ScoreColumnName, ReportOptions.DefaultScore, nameof(options.ScoreColumnName));
        Predicted = FindPredicted(options);
        Probability = Optional(options.ProbabilityColumnName, ReportOptions.DefaultProbability, nameof(options.ProbabilityColumnName));
        Features = Optional(options.FeatureColumnName, ReportOptions.DefaultFeatures, nameof(options.FeatureColumnName));
        Embedding = Optional(options.EmbeddingColumnName, ReportOptions.DefaultEmbedding, nameof(options.EmbeddingColumnName)) ?? Features;
        Label = options.LabelColumnName is { } label ? Find(label, nameof(options.LabelColumnName), "name the column of known classes, or null for none") : null;
        Text = options.TextColumnName is { } text ? FindText(text) : null;
        if (options.ImageColumnName is { } image)
            Image = FindImage(image, options.ImageShape);
        (Pixels, Shape) = PixelsOf(options.ImageShape);
        if (Image is null && Text is null && options.ExamplesPerCluster > 0)
            Cells = FindCells();
    }

    /// <summary>The predicted clusters; null where they are made of the scores.</summary>
    public DataViewSchema.Column? Predicted { get; }

    public DataViewSchema.Column? Score { get; }

    public DataViewSchema.Column? Probability { get; }

    /// <summary>Where rows are mapped: the embedding, else the features.</summary>
    public DataViewSchema.Column? Embedding { get; }

    public DataViewSchema.Column? Features { get; }

    public DataViewSchema.Column? Label { get; }

    public DataViewSchema.Column? Image { get; }

    /// <summary>Whether <see cref="Image"/> has the paths of files.</summary>
    public bool HasFiles => Image?.Type is TextDataViewType;

    /// <summary>Pixels: <see cref="Image"/>, or, in the place of files that are not copied, the features where they are images.</summary>
    public DataViewSchema.Column? Pixels { get; }

    /// <summary>How <see cref="Pixels"/> holds an image.</summary>
    public ImageShape? Shape { get; }

    public DataViewSchema.Column? Text { get; }

    /// <summary>What shows rows that are neither images nor texts: the first columns of single values, else the features.</summary>
    public IReadOnlyList<DataViewSchema.Column> Cells { get; } = [];

    /// <summary>All that are read, once each.</summary>
    public IEnumerable<DataViewSchema.Column> All
        => new[] { Predicted, Score, Probability, Embedding, Label, Image, Pixels, Text }.OfType<DataViewSchema.Column>().Concat(Cells).DistinctBy(c => c.Index);

    private DataViewSchema.Column? FindPredicted(ReportOptions options)
    {
        var name = options.PredictedLabelColumnName;
        if (_schema.GetColumnOrNull(name) is { } found)
        {
            return KeyReader.CanRead(found.Type) ? found : throw Fault(name, nameof(options.PredictedLabelColumnName),
                $"Column '{name}' has the type {found.Type}; a predicted cluster must be a key, or a whole number from 1 on, as in the PredictedLabel column of a clustering model");
        }

        if (name == ReportOptions.DefaultPredictedLabel && Score is not null)
            return null;
        var also = name == ReportOptions.DefaultPredictedLabel && options.ScoreColumnName is { } score ? $", nor a vector of Single '{score}' in its place" : "";
        throw Fault(name, nameof(options.PredictedLabelColumnName), $"The data has no column '{name}'{also}; it has {Names()}; pass the output of a clustering model's Transform, or name its column of clusters");
    }

    // A default that is not there, or is something else, is not used.
    private DataViewSchema.Column? Optional(string? name, string usual, string option)
    {
        if (name is null || (name == usual && (_schema.GetColumnOrNull(name) is not { } there || !IsVector(there.Type))))
            return null;
        var column = Find(name, option, "name a column of vectors, or null for none");
        return IsVector(column.Type) ? column : throw Fault(name, option, $"Column '{name}' has the type {column.Type}; it must be a vector of known size of Single; use Concatenate or ConvertType");
    }

    private DataViewSchema.Column FindText(string name)
    {
        var column = Find(name, nameof(ReportOptions.TextColumnName), "name a column of text, or null for none");
        return column.Type is TextDataViewType ? column : throw Fault(name, nameof(ReportOptions.TextColumnName), $"Column '{name}' has the type {column.Type}; it must be a text");
    }

    private DataViewSchema.Column FindImage(string name, ImageShape? shape)
    {
        const string Option = nameof(ReportOptions.ImageColumnName);
        var column = Find(name, Option, "name a column of pixels or of the paths of image files, or null for none");
        if (column.Type is TextDataViewType)
            return column;
        if (column.Type is not VectorDataViewType { IsKnownSize: true } vector || !(vector.ItemType.Equals(NumberDataViewType.Single) || vector.ItemType.Equals(NumberDataViewType.Byte)))
        {
            throw Fault(name, Option,
                $"Column '{name}' has the type {column.Type}; images must be a vector of known size of Single or Byte, as ExtractPixels makes of loaded images, or a text with the path of an image file");
        }

        var held = shape ?? ImageDimensions.Find(vector) ?? throw Fault(name, Option,
            $"Column '{name}' has the type {column.Type}, whose dimensions are not those of images of 1 or 3 channels; set ImageShape to one of {vector.Size} values");
        if (held.Size != vector.Size)
            throw Fault(name, Option, $"ImageShape is {shape}, {held.Size} values, but column '{name}' has {vector.Size}; set an ImageShape that multiplies to {vector.Size}");
        return column;
    }

    private (DataViewSchema.Column? Column, ImageShape? Shape) PixelsOf(ImageShape? given)
    {
        var column = HasFiles ? Features : Image;
        var shape = !HasFiles && given is not null ? given : column is { Type: VectorDataViewType vector } ? ImageDimensions.Find(vector) : null;
        return shape is null ? default : (column, shape);
    }

    private DataViewSchema.Column[] FindCells()
    {
        var known = new[] { Predicted, Score, Probability, Embedding, Label }.OfType<DataViewSchema.Column>().Select(c => c.Index).ToHashSet();
        var single = _schema.Where(c => !c.IsHidden && !known.Contains(c.Index) && CellReader.CanRead(c.Type)).Take(CellReader.MaximumCells).ToArray();
        return single.Length > 0 ? single : Features is { } features ? [features] : [];
    }

    private static bool IsVector(DataViewType type) => type is VectorDataViewType { IsKnownSize: true } vector && vector.ItemType.Equals(NumberDataViewType.Single);

    private DataViewSchema.Column Find(string name, string option, string remedy)
        => _schema.GetColumnOrNull(name) ?? throw Fault(name, option, $"The data has no column '{name}'; it has {Names()}; {remedy}");

    private string Names() => string.Join(", ", _schema.Where(c => !c.IsHidden).Select(c => c.Name));

    private static ArgumentOutOfRangeException Fault(string name, string option, string message) => new(option, name, message + ".");
}
