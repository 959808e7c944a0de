namespace Microsoft.ML.DeepClustering.Tests.Documentation;

/// <summary>The program that the README begins with.</summary>
internal static class FirstExample
{
    public static (MLContext Context, IDataView Data, DeepClusteringTransformer Model) Run(Disc[] discs, ExampleConsole Console)
    {
        // <example>
        var ml = new MLContext(seed: 1);
        var data = ml.Data.LoadFromEnumerable(discs);                           // has a column Features, a vector of float
        var model = ml.Clustering.Trainers.Idec(numberOfClusters: 3).Fit(data); // needs no labels
        var scored = model.Transform(data);                                     // adds PredictedLabel, Score, Probability, Embedding
        var metrics = ml.Clustering.EvaluateDeepClustering(scored, "Label");    // compares with the column Label; leave it out if there are no classes
        Console.WriteLine($"accuracy {metrics.Accuracy:0.00}, silhouette {metrics.Silhouette:0.00}, clusters of {string.Join(", ", metrics.ClusterSizes)} rows");
        // accuracy 1.00, silhouette 0.66, clusters of 100, 100, 100 rows
        // </example>
        return (ml, data, model);
    }
}
