using Microsoft.ML.DeepClustering.Options;

namespace Microsoft.ML.DeepClustering.Reporting;

/// <summary>
/// What <c>WriteReport</c> shows. A column whose name is its default is used if the data has it; one of another name must be there.
/// </summary>
public sealed class ReportOptions
{
    internal const string DefaultPredictedLabel = "PredictedLabel";
    internal const string DefaultScore = "Score";
    internal const string DefaultProbability = "Probability";
    internal const string DefaultEmbedding = "Embedding";
    internal const string DefaultFeatures = "Features";

    /// <summary>The title of the page. Default: null, for "Clusters".</summary>
    public string? Title { get; set; }

    /// <summary>
    /// The column of predicted clusters: a key, or a whole number from 1 on; 0 is a missing prediction. Where the data has no "PredictedLabel", each row
    /// belongs to the cluster of its lowest score. Default: "PredictedLabel".
    /// </summary>
    public string PredictedLabelColumnName { get; set; } = DefaultPredictedLabel;

    /// <summary>
    /// The column of the k distances of a row, a vector of known size of <see cref="float"/>: the nearest and farthest rows are those of the lowest and
    /// highest distance to their own cluster. Null, or a default that the data lacks: no such rows are shown. Default: "Score".
    /// </summary>
    public string? ScoreColumnName { get; set; } = DefaultScore;

    /// <summary>The column of the k probabilities of a row, a vector of known size of <see cref="float"/>; null for none. Default: "Probability".</summary>
    public string? ProbabilityColumnName { get; set; } = DefaultProbability;

    /// <summary>
    /// The column in which rows are mapped and the silhouette is taken, a vector of known size of <see cref="float"/>. Null, or a default that the data
    /// lacks, as after ML.NET's K-means: <see cref="FeatureColumnName"/> takes its place. Default: "Embedding".
    /// </summary>
    public string? EmbeddingColumnName { get; set; } = DefaultEmbedding;

    /// <summary>The column of features, a vector of known size of <see cref="float"/>; null for none. Default: "Features".</summary>
    public string? FeatureColumnName { get; set; } = DefaultFeatures;

    /// <summary>
    /// The column of known classes: a key, a single number, a bool, a text or a time. Default: null, for no classes: no class map, no ACC, NMI and ARI.
    /// </summary>
    public string? LabelColumnName { get; set; }

    /// <summary>
    /// The column that shows a row as an image: a vector of known size of pixels, <see cref="float"/> or <see cref="byte"/>, of 1 or 3 channels; or a text
    /// with the path of an image file (PNG, JPEG, GIF, WebP or BMP, up to 1 MiB each and 32 MiB in all), which is copied into the report; of larger files the features are
    /// drawn, where their type has the dimensions of an image. A column of loaded images has its
    /// pixels extracted first, by <c>ExtractPixels</c>. Default: null, for no images.
    /// </summary>
    public string? ImageColumnName { get; set; }

    /// <summary>
    /// How <see cref="ImageColumnName"/> holds an image; it must multiply to the size of the column. Default: null, for the dimensions of the column's type.
    /// </summary>
    public ImageShape? ImageShape { get; set; }

    /// <summary>The column of text that shows a row; texts are cut after 200 characters. Default: null, for no texts.</summary>
    public string? TextColumnName { get; set; }

    /// <summary>
    /// The model that scored the data: its history gives the loss curves, and its decoded centroids stand beside images. Default: null, for neither.
    /// </summary>
    public DeepClusteringTransformer? Model { get; set; }

    /// <summary>How many rows are shown of each cluster, nearest and farthest each, 0 to 100; 0 shows none. Default: 8.</summary>
    public int ExamplesPerCluster { get; set; } = 8;

    /// <summary>
    /// The most rows that are mapped, 0 to 5,000; 0 leaves the maps out. Of more rows a sample is drawn. The time of t-SNE grows with the square of this
    /// number. Rows of very many values are mapped fewer, so that they take 128 MiB at most. Default: 2000.
    /// </summary>
    public int MaximumMappedRows { get; set; } = 2000;

    /// <summary>The seed of the samples and of t-SNE: the same seed draws the same rows of the same data. Default: 1.</summary>
    public int Seed { get; set; } = 1;

    /// <summary>Ends the work while the data is read and while maps are drawn; nothing is written then. Default: none.</summary>
    public CancellationToken CancellationToken { get; set; }

    /// <summary>Throws one <see cref="ArgumentException"/> that names all faults, if there are any.</summary>
    internal void Validate()
    {
        var faults = new OptionFaults();
        faults.Require(!string.IsNullOrEmpty(PredictedLabelColumnName), nameof(PredictedLabelColumnName), PredictedLabelColumnName is null ? "null" : "\"\"", "the name of a column");
        (string Option, string? Name)[] optional =
        [
            (nameof(ScoreColumnName), ScoreColumnName), (nameof(ProbabilityColumnName), ProbabilityColumnName), (nameof(EmbeddingColumnName), EmbeddingColumnName),
            (nameof(FeatureColumnName), FeatureColumnName), (nameof(LabelColumnName), LabelColumnName), (nameof(ImageColumnName), ImageColumnName),
            (nameof(TextColumnName), TextColumnName),
        ];
        foreach (var (option, name) in optional)
            faults.Require(name != "", option, "\"\"", "the name of a column, or null for none");
        faults.Require(ImageShape is not { } shape || shape is { Channels: 1 or 3, Height: > 0, Width: > 0 }, nameof(ImageShape), ImageShape, "1 or 3 channels of 1 or more rows and columns");
        faults.Require(ExamplesPerCluster is >= 0 and <= 100, nameof(ExamplesPerCluster), ExamplesPerCluster, "0 to 100");
        faults.Require(MaximumMappedRows is >= 0 and <= 5_000, nameof(MaximumMappedRows), MaximumMappedRows, "0 to 5000");
        faults.ThrowIfAny("WriteReport");
    }
}
