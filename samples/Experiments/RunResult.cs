using System.Text.Json.Serialization;
using Microsoft.ML.DeepClustering;

namespace Experiments;

/// <summary>What came of a job.</summary>
internal sealed record RunResult
{
    public required Job Job { get; init; }

    /// <summary>When the run ended, UTC.</summary>
    public required DateTime Finished { get; init; }

    /// <summary>Seconds of training. After an interruption at least those of all epochs.</summary>
    public required double Seconds { get; init; }

    /// <summary>The number of rows.</summary>
    public required int Rows { get; init; }

    /// <summary>ACC, NMI, ARI and further measures, in [0, 1] where they have that range.</summary>
    public IReadOnlyDictionary<string, double> Measures { get; init; } = new Dictionary<string, double>();

    /// <summary>The rows of each cluster; 0 of one without.</summary>
    public IReadOnlyList<long> ClusterSizes { get; init; } = [];

    /// <summary>The number of clusters that have rows.</summary>
    [JsonIgnore]
    public int ClustersFound => ClusterSizes.Count(s => s > 0);

    /// <summary>The lowest total loss; null where there is none.</summary>
    [JsonIgnore]
    public double? Loss => Course?.LowestLoss;

    /// <summary>The course of the training; null for k-means and for a failed run.</summary>
    public RunRecord? Course { get; init; }

    /// <summary>Why there is no model; null when there is one.</summary>
    public string? Failure { get; init; }
}
