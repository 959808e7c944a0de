using Microsoft.ML;
using Microsoft.ML.DeepClustering;
using Microsoft.ML.Data;

// Trains or loads where libtorch is broken, and ends as a program does that reports its errors: with 1 and the error's type and message.
// Usage: Faults fit | Faults load <model.zip>
try
{
    var ml = new MLContext(seed: 1);
    if (args[0] == "load")
    {
        ml.Model.Load(args[1], out _);
    }
    else
    {
        var rows = Enumerable.Range(0, 20).Select(i => new Row { Features = [i % 2, i % 3, 1, 0] });
        ml.Clustering.Trainers.AutoencoderKMeans(new AutoencoderKMeansOptions { NumberOfClusters = 2, PretrainingEpochs = 1 }).Fit(ml.Data.LoadFromEnumerable(rows));
    }

    return 0;
}
catch (Exception error)
{
    // ML.NET wraps what a loader throws.
    while (error is System.Reflection.TargetInvocationException { InnerException: { } inner })
        error = inner;
    Console.WriteLine(error.GetType().Name);
    Console.WriteLine(error.Message);
    return 1;
}

internal sealed class Row
{
    [VectorType(4)]
    public float[] Features { get; set; } = [];
}
