using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.ML.DeepClustering.Data;
using Microsoft.ML.DeepClustering.Methods;
using Microsoft.ML.DeepClustering.Options;
using Microsoft.ML.DeepClustering.Persistence;

namespace Microsoft.ML.DeepClustering.Execution;

/// <summary>All that decides a run elsewhere, as <see cref="RunRequest.Text"/> has it.</summary>
/// <param name="Version">See <see cref="LibraryVersion"/>.</param>
/// <param name="Method">The name of the method, which says what the options are.</param>
/// <param name="Shape">The shape of a sample.</param>
/// <param name="DataSha256">Of the data file.</param>
/// <param name="FeatureStorage">Where the worker keeps the rows.</param>
/// <param name="CheckpointInterval">In epochs.</param>
/// <param name="CheckpointPeriod">At least, in seconds.</param>
/// <param name="Options">Those of a training of one run, with its seed and its number of threads.</param>
internal sealed record RunText(
    string Version, string Method, long[] Shape, string DataSha256, FeatureStorage FeatureStorage, int CheckpointInterval, double CheckpointPeriod, JsonElement Options)
{
    private static readonly EntryJson Json = new(RunTextJsonContext.Default);

    /// <summary>The SHA-256, in lower-case hexadecimal digits, of what decides the result: not where rows are kept, nor how often a checkpoint is written.</summary>
    public string ComputeKey() => Convert.ToHexStringLower(SHA256.HashData(Json.Write(this with { FeatureStorage = default, CheckpointInterval = 1, CheckpointPeriod = 0 })));

    /// <summary>The text of a run.</summary>
    /// <param name="options">Those of <see cref="OfOneRun"/>.</param>
    /// <param name="shape">The shape of a sample.</param>
    /// <param name="dataSha256">Of the data file.</param>
    public static RunText Create(DeepClusteringOptions options, InputShape shape, string dataSha256) => new(
        LibraryVersion.Text, options.MethodName, shape.Dimensions, dataSha256,
        options.FeatureStorage, options.CheckpointInterval, options.CheckpointPeriod.TotalSeconds, EntryJson.Model.ToElement(options));

    /// <summary>As <see cref="Read"/> reads it.</summary>
    public string Write() => Encoding.UTF8.GetString(Json.Write(this));

    /// <summary>The options of a training of one run.</summary>
    /// <param name="options">Those of the whole training.</param>
    /// <param name="seed">The seed of the run.</param>
    public static DeepClusteringOptions OfOneRun(DeepClusteringOptions options, int seed)
    {
        var one = options.Copy();
        (one.NumberOfThreads, one.NumberOfRuns, one.RunCriterion, one.Seed) = (options.ThreadsOfARun, 1, default, seed);
        one.CheckpointPeriod = options.RunExecutor?.CheckpointPeriod ?? default;
        (one.RunExecutor, one.Progress, one.CancellationToken) = (null, null, default);
        return one;
    }

    /// <summary>Reads a text.</summary>
    /// <exception cref="InvalidOperationException">It was written by another version of the library.</exception>
    /// <exception cref="ArgumentException">It is not the text of a run.</exception>
    public static RunText Read(string text)
    {
        try
        {
            var content = Encoding.UTF8.GetBytes(text);
            CheckVersion(content);
            return Json.Read<RunText>(content);
        }
        catch (JsonException e)
        {
            throw Unreadable(EntryJson.Explain(e), e);
        }
    }

    /// <summary>The options of the run and the shape of a sample, checked.</summary>
    /// <exception cref="ArgumentException">They cannot be used.</exception>
    public (DeepClusteringOptions Options, InputShape Shape) Resolve()
    {
        if (!MethodNames.OptionTypes.TryGetValue(Method, out var type))
            throw Unreadable($"method '{Method}' is not one of {string.Join(", ", MethodNames.OptionTypes.Keys)}", null);
        try
        {
            var options = (DeepClusteringOptions)EntryJson.Model.FromElement(Options, type);
            (options.FeatureStorage, options.CheckpointInterval, options.CheckpointPeriod) = (FeatureStorage, CheckpointInterval, TimeSpan.FromSeconds(CheckpointPeriod));
            var faults = new OptionFaults();
            options.Validate(faults);
            faults.ThrowIfAny(Method);
            return (options, new InputShape(Shape, options.ImageShape));
        }
        catch (JsonException e)
        {
            throw Unreadable(EntryJson.Explain(e), e);
        }
    }

    // Before anything else is read: another version may write it otherwise.
    private static void CheckVersion(byte[] content)
    {
        using var document = JsonDocument.Parse(content);
        var version = document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty(nameof(Version), out var value) ? value.ToString() : "";
        if (version.Length == 0)
            throw new JsonException("it names no version");
        if (version != LibraryVersion.Text)
        {
            throw new InvalidOperationException(
                $"The run is for version {version} of Microsoft.ML.DeepClustering, and this worker has {LibraryVersion.Text}; results are the same only with the same version. Give callers and workers the same.");
        }
    }

    private static ArgumentException Unreadable(string why, Exception? cause) => new($"The text is not that of a run: {why}. Give the worker the Text of a RunRequest.", cause);
}
