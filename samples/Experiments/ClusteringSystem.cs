using System.Text.Json.Nodes;

namespace Experiments;

/// <summary>A method with settings.</summary>
internal sealed record ClusteringSystem
{
    /// <summary>Its name in the table.</summary>
    public required string Label { get; init; }

    /// <summary>The method's name in the library: Ddc, DeepKMeans ...; or KMeans, ML.NET's own on the raw features.</summary>
    public required string Method { get; init; }

    /// <summary>A preset of the method's options; null for the defaults.</summary>
    public string? Preset { get; init; }

    /// <summary>Properties of the method's options.</summary>
    public JsonObject Options { get; init; } = [];

    /// <summary>The values of pixels for this system, where they are not the data set's.</summary>
    public float? Low { get; init; }

    /// <summary>The values of pixels for this system, where they are not the data set's.</summary>
    public float? High { get; init; }

    /// <summary>How many seeds, where it is not the experiment's number.</summary>
    public int? Seeds { get; init; }

    /// <summary>The data sets that it runs on; null for all.</summary>
    public IReadOnlyList<string>? Only { get; init; }

    /// <summary>A sentence for the table.</summary>
    public string? Remark { get; init; }

    /// <summary>Why ours is below the published figures, where the data set has no reason of its own.</summary>
    public string? Reason { get; init; }

    /// <summary>What did not lead to the published figures, where no reason is known and the data set has no such sentence of its own.</summary>
    public string? Tried { get; init; }

    /// <summary>What is particular to a data set, by its name.</summary>
    public IReadOnlyDictionary<string, Particulars> On { get; init; } = new Dictionary<string, Particulars>();

    public Particulars For(string data) => On.TryGetValue(data, out var particulars) ? particulars : new Particulars();
}
