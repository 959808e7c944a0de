using System.Runtime.InteropServices;
using Microsoft.ML.Data;

namespace Microsoft.ML.DeepClustering.Tests.Processes;

/// <summary>Loads models, naming no type of the library that wrote them, and scores rows with each.</summary>
internal static class ScoringProgram
{
    /// <summary>The features (raw floats), values a row, then for each model its file and the file for the result: label, score, probability, embedding as raw floats.</summary>
    public static int Run(string[] arguments)
    {
        var ml = new MLContext();
        var features = MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(arguments[0])).ToArray();
        var size = int.Parse(arguments[1]);
        var schema = SchemaDefinition.Create(typeof(Row));
        schema[nameof(Row.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, size);
        var rows = ml.Data.LoadFromEnumerable(features.Chunk(size).Select(f => new Row { Features = f }).ToArray(), schema);
        foreach (var files in arguments[2..].Chunk(2))
        {
            var model = ml.Model.Load(files[0], out _);
            var scored = ml.Data.CreateEnumerable<ScoredFeatures>(model.Transform(rows), reuseRowObject: false);
            var result = scored.SelectMany(s => new[] { (float)s.PredictedLabel }.Concat(s.Score).Concat(s.Probability).Concat(s.Embedding)).ToArray();
            File.WriteAllBytes(files[1], MemoryMarshal.AsBytes(result.AsSpan()).ToArray());
        }

        return 0;
    }

    private sealed class Row
    {
        public float[] Features { get; set; } = [];
    }

    private sealed class ScoredFeatures
    {
        public uint PredictedLabel { get; set; }

        public float[] Score { get; set; } = [];

        public float[] Probability { get; set; } = [];

        public float[] Embedding { get; set; } = [];
    }
}
