using System.Security.Cryptography;
using Microsoft.ML.DeepClustering.Persistence;

namespace Microsoft.ML.DeepClustering.Tests.Support;

/// <summary>Trainings of which only the outcome's name is asked: the same in any process when the weights are the same bit for bit.</summary>
internal static class Trainings
{
    public const int Rows = 48;

    public static TestRow[] MakeRows(bool images) => TestRows.Make(Rows, images ? TestRows.Side * TestRows.Side : 12);

    /// <summary>Trains on small data -> the method, the data's kind, the SHA-256 of the weights and the lowest loss.</summary>
    public static string Line(DeepClusteringOptions options, bool images)
    {
        var ml = new MLContext(seed: 1);
        using var model = TestMethods.Trainer(ml, options).Fit(TestRows.View(ml, MakeRows(images), images));
        var weights = SHA256.HashData(SafeTensors.Write(model.Trained.Method.state_dict()));
        return $"{options.MethodName} {(images ? "images" : "vectors")} {Convert.ToHexString(weights)} {model.History.BestRun.LowestLoss:R}";
    }
}
