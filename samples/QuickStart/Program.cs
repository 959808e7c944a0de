using System.Diagnostics;
using System.IO.Compression;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.DeepClustering;

// Clusters 1,797 handwritten digits without looking at their labels, by ML.NET's k-means and by two deep methods, and compares the clusters
// with the digits. The last model is saved, and a second process loads it and scores new rows one by one.
// Data: E. Alpaydin and C. Kaynak, Optical Recognition of Handwritten Digits, UCI Machine Learning Repository, licence CC BY 4.0.
var ml = new MLContext(seed: 1);
var digits = ReadDigits();
if (args is ["score", var saved])
    ScoreFirst(saved, count: 5);
else
    TrainAndSave();

void TrainAndSave()
{
    var data = ml.Data.LoadFromEnumerable(digits);
    var catalog = ml.Clustering.Trainers;
    (string Name, IEstimator<ITransformer> Trainer)[] trainers =
    [
        ("K-means", catalog.KMeans("Features", numberOfClusters: 10)),
        ("Idec", catalog.Idec("Features", numberOfClusters: 10, numberOfEpochs: 40)),
        ("DdcUco", catalog.DdcUco("Features", numberOfClusters: 10, numberOfEpochs: 20)),
    ];

    ITransformer? model = null;
    Console.WriteLine("trainer                    ACC    NMI    ARI  seconds");
    foreach (var (name, trainer) in trainers)
    {
        (model as IDisposable)?.Dispose();
        var watch = Stopwatch.StartNew();
        model = trainer.Fit(data); // needs no labels
        var seconds = watch.Elapsed.TotalSeconds;
        var metrics = ml.Clustering.EvaluateDeepClustering(model.Transform(data), new DeepClusteringEvaluationOptions { LabelColumnName = "Label", CompareWithKMeans = true });
        Console.WriteLine($"{name,-23} {metrics.Accuracy,6:0.000} {metrics.NormalizedMutualInformation,6:0.000} {metrics.AdjustedRandIndex,6:0.000} {seconds,8:0.0}");
        var beside = metrics.KMeansOfEmbedding ?? metrics.KMeansOfFeatures!; // the best of ten starts
        Console.WriteLine($"  k-means on {beside.ColumnName,-10} {beside.Accuracy,6:0.000} {beside.NormalizedMutualInformation,6:0.000} {beside.AdjustedRandIndex,6:0.000}");
    }

    var folder = Directory.CreateTempSubdirectory("quick-start-");
    var path = Path.Combine(folder.FullName, "digits.zip");
    ml.Model.Save(model, data.Schema, path);
    Console.WriteLine($"Saved the last model, {new FileInfo(path).Length / 1e6:0.0} MB.");
    StartAgain("score", path);
    folder.Delete(recursive: true);
}

void ScoreFirst(string path, int count)
{
    var model = ml.Model.Load(path, out _);
    using var engine = ml.Model.CreatePredictionEngine<Digit, Clustered>(model);
    Console.WriteLine($"Loaded it in process {Environment.ProcessId}:");
    foreach (var digit in digits.Take(count))
    {
        var scored = engine.Predict(digit);
        Console.WriteLine($"a {digit.Label} is in cluster {scored.PredictedLabel}, probability {scored.Probability.Max():0.00}");
    }
}

// This program in a second process, whether it was started as itself or by the command dotnet.
static void StartAgain(params string[] arguments)
{
    var program = Environment.ProcessPath!;
    if (Path.GetFileNameWithoutExtension(program) == "dotnet")
        arguments = [typeof(Digit).Assembly.Location, .. arguments];
    using var process = Process.Start(program, arguments);
    process.WaitForExit();
    Environment.ExitCode = process.ExitCode;
}

// A line has 64 pixels from 0 to 16 and the digit. All pixels are scaled alike, so that an image stays the image it was.
static Digit[] ReadDigits()
{
    using var file = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "digits.csv.gz"));
    using var reader = new StreamReader(new GZipStream(file, CompressionMode.Decompress));
    var lines = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    var rows = Array.ConvertAll(lines, line => Array.ConvertAll(line.Split(','), float.Parse));
    return Array.ConvertAll(rows, row => new Digit { Features = Array.ConvertAll(row[..64], pixel => pixel / 16), Label = row[64] });
}

internal sealed class Digit
{
    [VectorType(64)]
    public float[] Features { get; set; } = [];

    public float Label { get; set; }
}

internal sealed class Clustered
{
    public uint PredictedLabel { get; set; }

    public float[] Probability { get; set; } = [];
}
