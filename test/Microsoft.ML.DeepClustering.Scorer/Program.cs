using System.Runtime.InteropServices;
using Microsoft.ML;
using Microsoft.ML.Data;

// Loads models in a fresh process, naming no type of the library that wrote them, and scores rows with each.
// Usage: Scorer <features, raw floats> <values a row> <model.zip> <result, raw floats: label, score, probability, embedding> [<model.zip> <result> ...]
var ml = new MLContext();
var features = MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(args[0])).ToArray();
var size = int.Parse(args[1]);
var schema = SchemaDefinition.Create(typeof(Row));
schema[nameof(Row.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, size);
var rows = ml.Data.LoadFromEnumerable(features.Chunk(size).Select(f => new Row { Features = f }).ToArray(), schema);
foreach (var files in args[2..].Chunk(2))
{
    var model = ml.Model.Load(files[0], out _);
    var scored = ml.Data.CreateEnumerable<ScoredFeatures>(model.Transform(rows), reuseRowObject: false);
    var result = scored.SelectMany(s => new[] { (float)s.PredictedLabel }.Concat(s.Score).Concat(s.Probability).Concat(s.Embedding)).ToArray();
    File.WriteAllBytes(files[1], MemoryMarshal.AsBytes(result.AsSpan()).ToArray());
}

internal sealed class Row
{
    public float[] Features { get; set; } = [];
}

internal sealed class ScoredFeatures
{
    public uint PredictedLabel { get; set; }

    public float[] Score { get; set; } = [];

    public float[] Probability { get; set; } = [];

    public float[] Embedding { get; set; } = [];
}
