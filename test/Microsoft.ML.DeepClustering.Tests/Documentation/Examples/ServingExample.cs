namespace Microsoft.ML.DeepClustering.Tests.Documentation;

/// <summary>The README's program that saves a model, loads it and scores one row.</summary>
internal static class ServingExample
{
    public static ITransformer Run(MLContext ml, IDataView data, DeepClusteringTransformer model, Disc[] discs, ExampleConsole Console)
    {
        // <example>
        ml.Model.SaveAtomically(model, data.Schema, "discs.zip"); // Model.Save works too; this one never leaves half a file
        var loaded = ml.Model.Load("discs.zip", out _);
        using var engine = ml.Model.CreatePredictionEngine<Disc, Clustered>(loaded);
        var one = engine.Predict(discs[0]);                       // Clustered has members uint PredictedLabel and float[] Probability
        Console.WriteLine($"cluster {one.PredictedLabel}, probability {one.Probability.Max():0.00}");
        // cluster 2, probability 0.83
        // </example>
        return loaded;
    }

    internal sealed class Clustered
    {
        public uint PredictedLabel { get; set; }

        public float[] Probability { get; set; } = [];
    }
}
