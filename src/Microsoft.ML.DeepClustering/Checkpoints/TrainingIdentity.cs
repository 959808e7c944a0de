using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.ML.DeepClustering.Data;
using Microsoft.ML.DeepClustering.Persistence;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Checkpoints;

/// <summary>The method, its options and the data of a training: two of the same identity and seed end in the same weights.</summary>
/// <param name="Method">The name of the method.</param>
/// <param name="Options">Its options, as they are saved with a model.</param>
/// <param name="Shape">The shape of a sample.</param>
/// <param name="Rows">The number of rows.</param>
/// <param name="DataSha256">Of all values in their order, and of the weights and classes of the rows.</param>
internal sealed record TrainingIdentity(string Method, JsonElement Options, IReadOnlyList<long> Shape, long Rows, string DataSha256)
{
    // Values hashed at a time; 16 MiB.
    private const long ValuesPerBlock = 4 << 20;

    /// <summary>The identity of a training. It takes a pass over the data.</summary>
    /// <param name="options">The options.</param>
    /// <param name="shape">The shape of a sample.</param>
    /// <param name="features">On the CPU.</param>
    /// <param name="classes">Of each row, or null.</param>
    public static TrainingIdentity Compute(DeepClusteringOptions options, InputShape shape, TrainingRows features, IReadOnlyList<int>? classes) => new(
        options.MethodName,
        EntryJson.Create(options).ToElement(options),
        shape.Dimensions,
        features.Count,
        Hash(features, shape, classes));

    /// <summary>The identity of another training on the same data.</summary>
    /// <param name="options">Of the same method.</param>
    public TrainingIdentity With(DeepClusteringOptions options) => this with { Options = EntryJson.Create(options).ToElement(options) };

    /// <summary>Names each difference that changes the result, for a list in a sentence; the caller compares the seeds.</summary>
    /// <param name="saved">The training of a checkpoint, perhaps of a former version.</param>
    /// <param name="options">The options of this training.</param>
    /// <exception cref="JsonException">The saved options are not those of the method.</exception>
    public IReadOnlyList<string> DifferencesFrom(TrainingIdentity saved, DeepClusteringOptions options)
    {
        if (Method != saved.Method)
            return [$"the method is {Method}, and was {saved.Method}"];
        var differences = OptionDifferences(saved.Options, EntryJson.Create(options), options.GetType()).ToList();
        if (!Shape.SequenceEqual(saved.Shape) || Rows != saved.Rows)
            differences.Add($"the data are {Rows} rows of {Size(Shape)}, and were {saved.Rows} of {Size(saved.Shape)}");
        else if (DataSha256 != saved.DataSha256)
            differences.Add("the data have as many rows as before, but other values, weights, classes or another order");
        return differences;
    }

    private IEnumerable<string> OptionDifferences(JsonElement saved, EntryJson json, Type type)
    {
        var known = json.NamesOf(type);
        var named = FormerOptions.Upgrade(saved, known);
        // As this version writes them: in its order, and with the default values of options that a former version did not have.
        var written = json.ToElement(json.FromElement(named, type));
        var names = Options.EnumerateObject().Concat(named.EnumerateObject()).Select(p => p.Name).Distinct();
        return from name in names
               where name != nameof(DeepClusteringOptions.Seed)
               let absent = known.Contains(name) ? "the default" : "not there"
               let now = Value(Options, name, absent)
               let before = Value(known.Contains(name) ? written : named, name, absent)
               where now != before
               select $"{name} is {now}, and was {before}";
    }

    // As it stands in JSON, on one line.
    private static string Value(JsonElement options, string name, string absent)
        => options.TryGetProperty(name, out var value) ? EntryJson.ToLine(value) : absent;

    private static string Size(IReadOnlyList<long> shape) => string.Join(" x ", shape.Select(s => s.ToString(CultureInfo.InvariantCulture)));

    private static string Hash(TrainingRows features, InputShape shape, IReadOnlyList<int>? classes)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var rowsPerBlock = Math.Max(1, ValuesPerBlock / shape.Size);
        for (var start = 0L; start < features.Count; start += rowsPerBlock)
        {
            using var scope = NewDisposeScope();
            hash.AppendData(features.Range(start, Math.Min(rowsPerBlock, features.Count - start)).contiguous().bytes);
        }

        if (features.Weights is { } weights)
            hash.AppendData(weights.bytes);
        foreach (var label in classes ?? [])
            hash.AppendData(BitConverter.GetBytes(label));
        return Convert.ToHexString(hash.GetHashAndReset());
    }
}
