
namespace Microsoft.ML.DeepClustering.Reporting;

/// <summary>One run in detail. What is not given is not shown.</summary>
/// <param name="Title">The heading, such as "DDC-UCO, tensor, seed 1".</param>
/// <param name="Dataset">The data set.</param>
internal sealed record RunReport(string Title, string Dataset)
{
    /// <summary>Facts in the order to show them: seed, epochs, seconds, ACC ... Default: none.</summary>
    public IReadOnlyList<Fact> Facts { get; init; } = [];

    /// <summary>The run's history, drawn as loss curves by term and phase. Default: null, none.</summary>
    public RunRecord? History { get; init; }

    /// <summary>Objective function mismatch by epoch, 0 to 1. Default: none.</summary>
    public IReadOnlyList<Series> Mismatch { get; init; } = [];

    /// <summary>Measures such as ACC, NMI and ARI by epoch, 0 to 1. Default: none.</summary>
    public IReadOnlyList<Series> Performance { get; init; } = [];

    /// <summary>The names of the classes; class i of <see cref="Embedding"/> and <see cref="Contingency"/> is name i. Default: none, for no labels.</summary>
    public IReadOnlyList<string> ClassNames { get; init; } = [];

    /// <summary>The embedded rows, drawn by principal components and t-SNE. Default: null, none.</summary>
    public EmbeddedRows? Embedding { get; init; }

    /// <summary>How many rows of each class lie in each cluster. Default: null, none.</summary>
    public Contingency? Contingency { get; init; }

    /// <summary>The number of rows in each cluster; the cluster of key 1 comes first. Default: none.</summary>
    public IReadOnlyList<long> ClusterSizes { get; init; } = [];

    /// <summary>Images, of which the nearest and the farthest of each cluster are shown. Default: null, none.</summary>
    public ImageSheet? Images { get; init; }

    /// <summary>The seed of the sample of rows that is drawn. Default: 1.</summary>
    public int SampleSeed { get; init; } = 1;
}
