using System.Text.Json.Nodes;

namespace Experiments;

/// <summary>What is particular to a system on one data set.</summary>
internal sealed record Particulars
{
    /// <summary>A preset instead of the system's.</summary>
    public string? Preset { get; init; }

    /// <summary>Options after the system's.</summary>
    public JsonObject Options { get; init; } = [];

    /// <summary>Why ours is below the published figure, a sentence; shown where it is. Null: not known.</summary>
    public string? Reason { get; init; }

    /// <summary>What did not lead to the published figure, a sentence; shown where ours is below and no reason is known.</summary>
    public string? Tried { get; init; }

    /// <summary>The published figures, in percent: ACC, NMI.</summary>
    public IReadOnlyDictionary<string, double> Published { get; init; } = new Dictionary<string, double>();
}
