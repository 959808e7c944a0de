using Microsoft.ML.Data;

namespace Microsoft.ML.DeepClustering.Tests.Documentation;

/// <summary>The README's program for a table of numbers and categories.</summary>
internal static class TableExample
{
    public static void Run(MLContext ml)
    {
        // <example>
        var table = ml.Data.LoadFromTextFile<Customer>("customers.csv", separatorChar: ',', hasHeader: true);
        var customers = ml.Transforms.Categorical.OneHotEncoding("Region").Append(ml.Transforms.Concatenate("Features", "Age", "Income", "Region"))
            .Append(ml.Transforms.NormalizeMinMax("Features")).Append(ml.Clustering.Trainers.Idec(numberOfClusters: 2)).Fit(table);
        // </example>
        using var model = customers.LastTransformer;
        var metrics = ml.Clustering.EvaluateDeepClustering(customers.Transform(table));
        Assert.AreEqual("40, 80", string.Join(", ", metrics.ClusterSizes.Order()));
    }

    /// <summary>The old and rich of the south, and twice as many young and poor of the north.</summary>
    public static string Draw()
    {
        var random = new Random(1);
        var rows = Enumerable.Range(0, 120).Select(i => i % 3 == 0
            ? $"{random.Next(50, 80)},{random.Next(50, 90)}000,south"
            : $"{random.Next(20, 40)},{random.Next(20, 40)}000,north");
        return string.Join("\n", rows.Prepend("Age,Income,Region"));
    }

    internal sealed class Customer
    {
        [LoadColumn(0)]
        public float Age { get; set; }

        [LoadColumn(1)]
        public float Income { get; set; }

        [LoadColumn(2)]
        public string Region { get; set; } = "";
    }
}
