using Microsoft.Extensions.ObjectPool;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.DeepClustering;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using TorchSharp;

// A web API that clusters points of two numbers, by the ML.NET model and by its ONNX form, which needs no libtorch. On the first start it trains them.
//   dotnet run -c Release --project samples/Serving --urls http://localhost:5000
//   curl -d '{"Features": [0.9, 0.8]}' -H 'Content-Type: application/json' http://localhost:5000/cluster      (or /onnx/cluster)
const string ModelFile = "points.zip", OnnxFile = "points.onnx", Rule = "Features must be two numbers from -1000 to 1000.";
// Each thread that scores would get threads of libtorch's own, as many as there are cores.
torch.set_num_threads(1);
var ml = new MLContext(seed: 1);
if (!File.Exists(ModelFile) || !File.Exists(OnnxFile))
    Train();

var builder = WebApplication.CreateSlimBuilder(args);
// Engines share the model; each serves one request at a time.
var model = ml.Model.Load(ModelFile, out _);
builder.Services.AddSingleton(_ => new DefaultObjectPoolProvider().Create(new Engines(ml, model)));
// One session serves all requests.
builder.Services.AddSingleton(_ => new InferenceSession(OnnxFile));
var app = builder.Build();

app.MapPost("/cluster", (Point point, ObjectPool<PredictionEngine<Point, Cluster>> engines) =>
{
    if (!IsValid(point))
        return Results.BadRequest(Rule);
    var engine = engines.Get();
    try
    {
        var cluster = engine.Predict(point);
        return Results.Ok(new Answer(cluster.PredictedLabel, cluster.Probability.Max()));
    }
    finally
    {
        engines.Return(engine);
    }
});

app.MapPost("/onnx/cluster", (Point point, InferenceSession session) =>
{
    if (!IsValid(point))
        return Results.BadRequest(Rule);
    var input = NamedOnnxValue.CreateFromTensor("Features", new DenseTensor<float>(point.Features, [1, 2]));
    using var outputs = session.Run([input], ["PredictedLabel.output", "Probability.output"]);
    return Results.Ok(new Answer(outputs[0].AsTensor<uint>()[0], outputs[1].AsTensor<float>().Max()));
});

app.Run();

// The model knows points between 0 and 1: it would give one far from them a cluster, too, which means nothing. A limit of one's own, here 1000, refuses these.
bool IsValid(Point point) => point.Features is { Length: 2 } && point.Features.All(x => Math.Abs(x) <= 1000);

// Three heaps of points.
void Train()
{
    var random = new Random(1);
    (double X, double Y)[] middles = [(0.2, 0.2), (0.8, 0.8), (0.2, 0.8)];
    var points = Enumerable.Range(0, 300).Select(i => new Point
    {
        Features = [(float)(middles[i % 3].X + 0.15 * (random.NextDouble() - 0.5)), (float)(middles[i % 3].Y + 0.15 * (random.NextDouble() - 0.5))],
    });
    var data = ml.Data.LoadFromEnumerable(points);
    using var trained = ml.Clustering.Trainers.Centering(new CenteringOptions { NumberOfClusters = 3, PretrainingEpochs = 50, NumberOfEpochs = 20, Seed = 1 }).Fit(data);
    using (var stream = File.Create(OnnxFile))
        ml.Model.ConvertToOnnx(trained, data, stream);
    ml.Model.SaveAtomically(trained, data.Schema, ModelFile);
}

internal sealed class Engines(MLContext ml, ITransformer model) : PooledObjectPolicy<PredictionEngine<Point, Cluster>>
{
    public override PredictionEngine<Point, Cluster> Create()
        => ml.Model.CreatePredictionEngine<Point, Cluster>(model, new PredictionEngineOptions { OwnsTransformer = false });

    public override bool Return(PredictionEngine<Point, Cluster> engine) => true;
}

internal sealed record Answer(uint Cluster, float Probability);

internal sealed class Point
{
    [VectorType(2)]
    public float[]? Features { get; set; }
}

internal sealed class Cluster
{
    public uint PredictedLabel { get; set; }

    public float[] Probability { get; set; } = [];
}
