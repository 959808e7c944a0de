using System.Runtime.InteropServices;
using Microsoft.ML;
using Microsoft.ML.Data;

// Loads a model in a fresh process, naming no type of the library that wrote it, and scores rows.
// Usage: Scorer <model.zip> <features, raw floats> <values a row> <result, raw floats: label, score, probability, embedding>
var ml = new MLContext();
var model = ml.Model.Load(args[0], out _);
var size = int.Parse(args[2]);
var features = MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(args[1])).ToArray();
var rows = features.Chunk(size).Select(f => new Row { Features = f }).ToArray();

var schema = SchemaDefinition.Create(typeof(Row));
schema[nameof(Row.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, size);
var scored = ml.Data.CreateEnumerable<ScoredFeatures>(model.Transform(ml.Data.LoadFromEnumerable(rows, schema)), reuseRowObject: false);
var result = scored.SelectMany(s => new[] { (float)s.PredictedLabel }.Concat(s.Score).Concat(s.Probability).Concat(s.Embedding)).ToArray();
File.WriteAllBytes(args[3], MemoryMarshal.AsBytes(result.AsSpan()).ToArray());

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
