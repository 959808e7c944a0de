using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.DeepClustering;
using Microsoft.ML.DeepClustering.Reporting;

// A program outside the repository, that has the packages: trains on thirty rows, saves, loads, scores and writes a report.
var ml = new MLContext(seed: 1);
var rows = Enumerable.Range(0, 30).Select(i => new Row { Features = [i % 3, i % 3 * 0.5f + 0.01f * i, 1], Label = i % 3 }).ToArray();
var data = ml.Data.LoadFromEnumerable(rows);
var path = args[0];
using (var model = ml.Clustering.Trainers.AutoencoderKMeans(numberOfClusters: 3, pretrainingEpochs: 40).Fit(data))
    ml.Model.SaveAtomically(model, data.Schema, path);

using var loaded = (DeepClusteringTransformer)new MLContext().Model.Load(path, out _);
var scored = loaded.Transform(data);
ml.Clustering.WriteReport(scored, Path.ChangeExtension(path, ".html"), new ReportOptions { LabelColumnName = "Label", Model = loaded });
Console.WriteLine($"{scored.GetColumn<uint>("PredictedLabel").Count(label => label is >= 1 and <= 3)} rows in {ml.Clustering.EvaluateDeepClustering(scored, "Label").NumberOfClusters} clusters");

internal sealed class Row
{
    [VectorType(3)]
    public float[] Features { get; set; } = [];

    public float Label { get; set; }
}
