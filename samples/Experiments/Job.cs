using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Microsoft.ML.DeepClustering;

namespace Experiments;

/// <summary>One run: all that its result depends on.</summary>
/// <param name="Method">The method's name.</param>
/// <param name="Options">All options of the method, but for the seed.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Data">Which rows of which data set, and their scale.</param>
/// <param name="DataHash">SHA-256 of the data set's files.</param>
internal sealed record Job(string Method, JsonObject Options, int Seed, DataChoice Data, string DataHash)
{
    /// <summary>The same for two jobs only if they are the same run.</summary>
    public string Key()
    {
        var content = JsonSerializer.SerializeToUtf8Bytes(this with { Options = Sorted(Options) }, JsonFormat.OneLine);
        return Convert.ToHexStringLower(SHA256.HashData(content))[..16];
    }

    /// <summary>A name for files: readable, and different for different jobs.</summary>
    public string FileName()
    {
        var name = new StringBuilder();
        foreach (var c in $"{Data.Name}-{Method}-{Seed}-")
            name.Append(char.IsAsciiLetterOrDigit(c) || c == '-' ? c : '_');
        return name.Append(Key()).ToString();
    }

    /// <summary>The numbers that it is computed in; null for k-means, which has no choice of them.</summary>
    [JsonIgnore]
    public NumericPrecision? Precision => Enum.TryParse<NumericPrecision>(Options[nameof(DeepClusteringOptions.Precision)]?.ToString(), ignoreCase: true, out var precision) ? precision : null;

    /// <summary>The same run in other numbers, none for k-means.</summary>
    public IEnumerable<Job> InOtherPrecisions()
        => Precision is null ? [] : Enum.GetValues<NumericPrecision>().Where(p => p != Precision).Select(InPrecision);

    private Job InPrecision(NumericPrecision precision)
    {
        var options = (JsonObject)Options.DeepClone();
        options[nameof(DeepClusteringOptions.Precision)] = precision.ToString();
        return this with { Options = options };
    }

    private static JsonObject Sorted(JsonObject options)
        => new(options.OrderBy(o => o.Key, StringComparer.Ordinal).Select(o => KeyValuePair.Create(o.Key, o.Value?.DeepClone())));
}
