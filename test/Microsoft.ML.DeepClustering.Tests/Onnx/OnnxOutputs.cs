using Microsoft.ML.Data;

namespace Microsoft.ML.DeepClustering.Tests.Onnx;

/// <summary>The columns that a model adds, whoever computed them.</summary>
/// <param name="Labels">PredictedLabel, from 1.</param>
/// <param name="Scores">Score, of each row.</param>
/// <param name="Probabilities">Probability, of each row.</param>
/// <param name="Embeddings">Embedding, of each row.</param>
internal sealed record OnnxOutputs(uint[] Labels, float[][] Scores, float[][] Probabilities, float[][] Embeddings)
{
    private const double UsualTolerance = 1e-5;

    /// <summary>The columns of a scored view.</summary>
    public static OnnxOutputs Read(IDataView scored) => new(
        scored.Schema["PredictedLabel"].Type is VectorDataViewType
            ? [.. scored.GetColumn<uint[]>("PredictedLabel").Select(l => l.Single())]
            : [.. scored.GetColumn<uint>("PredictedLabel")],
        [.. scored.GetColumn<float[]>("Score")],
        [.. scored.GetColumn<float[]>("Probability")],
        [.. scored.GetColumn<float[]>("Embedding")]);

    /// <summary>
    /// Holds that these are the expected ones: probabilities to the tolerance, scores and embeddings to the tolerance or, above 1, to so much of the value; labels are
    /// the same unless the two smallest scores of a row are that close -> the largest differences, for the reader of the test.
    /// </summary>
    public string AreClose(OnnxOutputs expected, string what, double tolerance = UsualTolerance)
    {
        var (score, probability, embedding) = (Largest(expected.Scores, Scores, relative: true), Largest(expected.Probabilities, Probabilities, relative: false), Largest(expected.Embeddings, Embeddings, relative: true));
        var line = $"{what}: Score {score:0.0e0}, Probability {probability:0.0e0}, Embedding {embedding:0.0e0}";
        Assert.IsLessThanOrEqualTo(tolerance, Math.Max(score, Math.Max(probability, embedding)), line);
        Assert.HasCount(expected.Labels.Length, Labels);
        for (var row = 0; row < Labels.Length; row++)
        {
            if (Labels[row] != expected.Labels[row])
                Assert.AreEqual(expected.Scores[row].Min(), expected.Scores[row][Labels[row] - 1], tolerance * Math.Max(1, expected.Scores[row].Min()), $"{what}: the label of row {row}");
        }

        return line;
    }

    private static double Largest(float[][] expected, float[][] actual, bool relative)
    {
        Assert.HasCount(expected.Length, actual);
        var largest = 0.0;
        for (var row = 0; row < expected.Length; row++)
        {
            Assert.HasCount(expected[row].Length, actual[row]);
            for (var i = 0; i < expected[row].Length; i++)
            {
                var (right, difference) = (expected[row][i], Math.Abs((double)expected[row][i] - actual[row][i]));
                Assert.IsFalse(double.IsNaN(difference));
                largest = Math.Max(largest, relative ? difference / Math.Max(1, Math.Abs(right)) : difference);
            }
        }

        return largest;
    }
}
