using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.ML.DeepClustering.Persistence;
using Microsoft.ML.DeepClustering.Scoring;
using Microsoft.ML.DeepClustering.Tests.Support;
using TorchSharp;

namespace Microsoft.ML.DeepClustering.Tests.Persistence;

/// <summary>The smallest model that the library makes, as its entries and as a zip: what damage and forgery are tried on.</summary>
internal sealed class TinyModel
{
    public const string Options = "Options.json";
    public const string Weights = "Weights.safetensors";
    public const string History = "History.json";
    public const string Checksums = "Checksums.json";

    /// <summary>The header of the transformer; a model of one transformer has no chain around it.</summary>
    public const string Key = "TransformerChain/Model.key";

    /// <summary>The entries that are ML.NET's own, not the library's.</summary>
    public static readonly string[] FrameworkEntries = [Key, "Schema"];

    private static readonly Lazy<TinyModel> _trained = new(() => new(zeroed: false));
    private static readonly Lazy<TinyModel> _zeroed = new(() => new(zeroed: true));
    private static readonly float[] _rows = TestRows.Make(3).SelectMany(r => r.Features).ToArray();

    private TinyModel(bool zeroed)
    {
        var ml = new MLContext(seed: 1);
        var view = TestRows.View(ml, TestRows.Make(60), images: true);
        var options = (DdcOptions)TestMethods.Options("Ddc");
        options.RecordPerformance = true;
        using var model = TestMethods.Trainer(ml, options).Fit(view);
        if (zeroed)
        {
            using var gradientsOff = torch.no_grad();
            foreach (var weights in model.Trained.Method.state_dict().Values)
                weights.zero_();
        }

        Entries = ModelFile.Write(model.Trained).ToDictionary(e => e.Name, e => e.Content);
        using var stream = new MemoryStream();
        ml.Model.Save(model, view.Schema, stream);
        Zip = stream.ToArray();
    }

    /// <summary>As it was trained: some 240 kB.</summary>
    public static TinyModel Trained => _trained.Value;

    /// <summary>With weights of 0, so that its zip is of some kB, most of them the zip's own structure.</summary>
    public static TinyModel Zeroed => _zeroed.Value;

    public IReadOnlyDictionary<string, byte[]> Entries { get; }

    public byte[] Zip { get; }

    /// <summary>A copy of the entries with one of them replaced, as damage does it: the checksums stay.</summary>
    public Dictionary<string, byte[]> Damaged(string entry, byte[] content) => new(Entries) { [entry] = content };

    /// <summary>A copy of the entries with one of them replaced, and the checksums to it: what a forger would write.</summary>
    public Dictionary<string, byte[]> With(string entry, byte[] content) => Sealed(Damaged(entry, content));

    /// <summary>Gives entries the checksums that they have now.</summary>
    public static Dictionary<string, byte[]> Sealed(Dictionary<string, byte[]> entries)
    {
        entries[Checksums] = ChecksumsEntry.Write([(Options, entries[Options]), (History, entries[History])]);
        return entries;
    }

    /// <summary>A copy of the entries with one JSON entry changed.</summary>
    public Dictionary<string, byte[]> With(string entry, Action<JsonNode> change)
    {
        var node = JsonNode.Parse(Entries[entry])!;
        change(node);
        return With(entry, Encoding.UTF8.GetBytes(node.ToJsonString()));
    }

    /// <summary>A copy with other weights, and their hash in the options: what a forger would write.</summary>
    public Dictionary<string, byte[]> WithWeights(byte[] weights)
    {
        var entries = With(Options, o => o["WeightsSha256"] = Convert.ToHexString(SHA256.HashData(weights)));
        entries[Weights] = weights;
        return entries;
    }

    public static TrainedModel Read(IReadOnlyDictionary<string, byte[]> entries) => ModelFile.Read(name => entries.GetValueOrDefault(name), torch.CPU);

    public static DeepClusteringTransformer Load(byte[] zip)
        => (DeepClusteringTransformer)new MLContext().Model.Load(new MemoryStream(zip), out _);

    /// <summary>The content of an entry of the zip, by the end of its name.</summary>
    public byte[] ZipEntry(string name)
    {
        using var zip = new ZipArchive(new MemoryStream(Zip));
        using var stream = Find(zip, name).Open();
        using var content = new MemoryStream();
        stream.CopyTo(content);
        return content.ToArray();
    }

    /// <summary>The zip with one entry replaced, or without it.</summary>
    public byte[] ZipWith(string entry, byte[]? content)
    {
        using var copy = new MemoryStream();
        copy.Write(Zip);
        using (var zip = new ZipArchive(copy, ZipArchiveMode.Update, leaveOpen: true))
        {
            var old = Find(zip, entry);
            var name = old.FullName;
            old.Delete();
            if (content is not null)
            {
                using var target = zip.CreateEntry(name).Open();
                target.Write(content);
            }
        }

        return copy.ToArray();
    }

    /// <summary>Scores three rows; what they get must be finite.</summary>
    public static void Score(TrainedModel model)
    {
        var scores = new ScoredRows(model.NumberOfClusters, model.EmbeddingSize);
        model.Score(_rows, 3, scores);
        if (scores.FiniteRows(3) is var finite and < 3)
            throw ScoredRows.NotFinite(finite);
        for (var row = 0; row < 3; row++)
        {
            foreach (var value in scores.Distances(row))
                Assert.IsTrue(float.IsFinite(value), "a score is not finite");
        }
    }

    private static ZipArchiveEntry Find(ZipArchive zip, string name)
        => zip.Entries.Single(e => e.FullName.Replace('\\', '/').EndsWith(name, StringComparison.Ordinal));
}
