using Microsoft.ML.Data;

namespace Microsoft.ML.DeepClustering.Tests.Processes;

/// <summary>Trains or loads where libtorch is broken, and ends as a program does that reports its errors: with 1 and the error's type and message.</summary>
internal static class FaultProgram
{
    /// <summary>"fit", or "load" and a model file.</summary>
    public static int Run(string[] arguments)
    {
        try
        {
            var ml = new MLContext(seed: 1);
            if (arguments[0] == "load")
            {
                ml.Model.Load(arguments[1], out _);
                return 0;
            }

            var rows = Enumerable.Range(0, 20).Select(i => new Row { Features = [i % 2, i % 3, 1, 0] });
            ml.Clustering.Trainers.AutoencoderKMeans(new AutoencoderKMeansOptions { NumberOfClusters = 2, PretrainingEpochs = 1 }).Fit(ml.Data.LoadFromEnumerable(rows));
            return 0;
        }
        catch (Exception error)
        {
            // ML.NET wraps what a loader throws.
            while (error is System.Reflection.TargetInvocationException { InnerException: { } inner })
                error = inner;
            // TorchSharp writes a page of its own to the output.
            Console.Error.WriteLine(error.GetType().Name);
            Console.Error.WriteLine(error.Message);
            return 1;
        }
    }

    private sealed class Row
    {
        [VectorType(4)]
        public float[] Features { get; set; } = [];
    }
}
