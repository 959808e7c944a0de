using System.Text.Json;
using Microsoft.ML.DeepClustering.Data;
using Microsoft.ML.DeepClustering.Methods;
using Microsoft.ML.DeepClustering.Options;

namespace Microsoft.ML.DeepClustering.Persistence;

/// <summary>The entry of a model's options, the shape of its samples and the hash of its weights.</summary>
internal static class OptionsEntry
{
    public const string Name = "Options.json";

    // 2: companion options within options, names of the field; FormerOptions reads format 1. 3: the same, of options that readers of 2 do not know, and
    // would leave out or call damaged; other models stay readable for them.
    private const int Format = 3;
    private const int UsualFormat = 2;

    public static byte[] Write(DeepClusteringOptions options, InputShape shape, string weightsHash)
        => EntryJson.Model.Write(new OptionsHeader(options.NeedsFormat3 ? Format : UsualFormat, options.MethodName, shape.Dimensions, weightsHash, EntryJson.Model.ToElement(options)));

    /// <summary>Options that are in their ranges and fit the shape.</summary>
    public static (DeepClusteringOptions Options, InputShape Shape, string WeightsHash) Read(byte[] content)
    {
        try
        {
            var header = EntryJson.Model.Read<OptionsHeader>(content);
            if (header.Format > Format)
                throw new InvalidDataException($"The deep clustering model's {Name} has format {header.Format}, and this version of Microsoft.ML.DeepClustering reads up to {Format}; update the package.");
            if (header.Format < 1)
                throw ModelFile.Damaged(Name, $"format {header.Format} is not 1 or above");
            // The one place where the file chooses a type, and only among the methods of this library.
            if (!MethodNames.OptionTypes.TryGetValue(header.Method, out var type))
                throw ModelFile.Damaged(Name, $"method '{Shown(header.Method)}' is not one of {string.Join(", ", MethodNames.OptionTypes.Keys)}");
            var options = (DeepClusteringOptions)EntryJson.Model.FromElement(FormerOptions.Upgrade(header.Options, EntryJson.Model.NamesOf(type)), type);
            var faults = new OptionFaults();
            options.Validate(faults);
            faults.ThrowIfAny(header.Method);
            // A model has the clusters that were left, and not the rule by which others died.
            if (options is AutoencoderFamilyOptions { UnseenRule: not null })
                throw ModelFile.Damaged(Name, "Unseen is set, and the clusters of a model do not die");
            return (options, ShapeOf(header.Shape, options.ImageShape), header.WeightsSha256);
        }
        catch (JsonException e)
        {
            throw ModelFile.Damaged(Name, EntryJson.Explain(e));
        }
        catch (ArgumentException e)
        {
            throw ModelFile.Damaged(Name, e.Message);
        }
    }

    private static InputShape ShapeOf(long[] dimensions, ImageShape? image)
    {
        if (dimensions.Length is not (1 or 3) || dimensions.Any(d => d is < 1 or > int.MaxValue) || dimensions.Aggregate((Int128)1, (a, b) => a * b) > int.MaxValue)
            throw ModelFile.Damaged(Name, "the shape of a sample must be one or three positive sizes");
        // The rows are read by the one and given to the network by the other.
        long[]? expected = image is { } i ? [i.Channels, i.Height, i.Width] : null;
        if (expected is null ? dimensions.Length != 1 : !dimensions.SequenceEqual(expected))
            throw ModelFile.Damaged(Name, $"samples of {new InputShape(dimensions)} do not fit an image shape of {image?.ToString() ?? "null"}");
        return new(dimensions, image);
    }

    private static string Shown(string text) => text.Length <= 40 ? text : text[..40] + "…";
}
