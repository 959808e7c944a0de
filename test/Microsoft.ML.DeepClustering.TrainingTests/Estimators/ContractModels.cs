using System.Runtime.InteropServices;
using Microsoft.ML.DeepClustering.Tests.Processes;
using Microsoft.ML.DeepClustering.Tests.Support;

namespace Microsoft.ML.DeepClustering.Tests.Estimators;

/// <summary>A model of every method on images and on vectors, each trained once, and the scores that another process gives with them.</summary>
internal sealed class ContractModels : IDisposable
{
    private readonly Dictionary<(string Method, bool Images), DeepClusteringTransformer> _models = [];
    private readonly Lazy<Dictionary<(string Method, bool Images), byte[]>> _elsewhere;

    public ContractModels() => _elsewhere = new(ScoreElsewhere);

    public MLContext Ml { get; } = new(seed: 1);

    public TestRow[] Rows { get; } = TestRows.Make(60);

    public DeepClusteringTransformer Model(string method, bool images)
    {
        if (!_models.TryGetValue((method, images), out var model))
            _models[(method, images)] = model = TestMethods.Trainer(Ml, method).Fit(View(images));
        return model;
    }

    public IDataView View(bool images) => TestRows.View(Ml, Rows, images);

    public ScoredTestRow[] Scored(string method, bool images) => TestRows.Scored(Ml, Model(method, images).Transform(View(images)));

    /// <summary>Label, scores, probabilities and embedding of each row as the saved model gives them in a fresh process.</summary>
    public byte[] ScoredElsewhere(string method, bool images) => _elsewhere.Value[(method, images)];

    public void Dispose()
    {
        foreach (var model in _models.Values)
            model.Dispose();
    }

    // One process for all models: to start it takes longer than to score.
    private Dictionary<(string, bool), byte[]> ScoreElsewhere()
    {
        var models = TestMethods.All.Select(m => (Method: (string)m[0], Images: (bool)m[1])).ToArray();
        using var folder = new TemporaryFolder();
        var features = Rows.SelectMany(r => r.Features).ToArray();
        File.WriteAllBytes(folder.File("features"), MemoryMarshal.AsBytes(features.AsSpan()).ToArray());
        foreach (var model in models)
            Ml.Model.SaveAtomically(Model(model.Method, model.Images), View(model.Images).Schema, folder.File($"{model}.zip"));
        string[] files = [.. models.SelectMany(m => new[] { folder.File($"{m}.zip"), folder.File($"{m}") })];
        var (code, output) = ChildProcess.Finish("score", [folder.File("features"), $"{Rows[0].Features.Length}", .. files]);
        Assert.AreEqual(0, code, output);
        return models.ToDictionary(m => m, m => File.ReadAllBytes(folder.File($"{m}")));
    }
}
