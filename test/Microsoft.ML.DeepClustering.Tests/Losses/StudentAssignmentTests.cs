using Microsoft.ML.DeepClustering.Centroids;
using Microsoft.ML.DeepClustering.Losses;
using Microsoft.ML.DeepClustering.Tests.Support;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Tests.Losses;

/// <summary>Student's t assignments Q. Golden numbers: the equation written out in NumPy, in float64, on the inputs of <see cref="TestTensors"/>.</summary>
[TestClass]
public sealed class StudentAssignmentTests
{
    // z: (6, 4), r: (3, 4)
    private static Tensor Embeddings => TestTensors.Wave(6, 4).Times(2.0);

    private static Tensor Centroids => TestTensors.Noise(3, 4);

    [TestMethod]
    public void Compute_GoldenInput_MatchesTheEquation()
    {
        using var scope = NewDisposeScope();
        var q = Assign(Embeddings, Centroids);
        TestTensors.AreClose([0.2598518003671629, 0.3655462612339229, 0.3746019383989144], q[0], 1e-9);
        TestTensors.AreClose([0.4229878658420466, 0.3152314750795666, 0.2617806590783869], q[5], 1e-9);
    }

    [TestMethod]
    public void Compute_NaiveLoops_Agree()
    {
        using var scope = NewDisposeScope();
        var (z, r) = (TestTensors.Noise(8, 3), TestTensors.Wave(4, 3).Times(2.0));
        var q = NaiveAssignments(TestTensors.Values(z), TestTensors.Values(r), 8, 4, 3);
        TestTensors.AreClose(q.Cast<double>().ToArray(), Assign(z, r), 1e-12);
    }

    [TestMethod]
    public void Compute_AnyInput_HasRowsOfSumOne()
    {
        using var scope = NewDisposeScope();
        TestTensors.AreClose(Enumerable.Repeat(1.0, 6).ToArray(), Assign(Embeddings, Centroids).sum(dim: 1L), 1e-12);
    }

    [TestMethod]
    public void Compute_PermutedClusters_PermutesItsColumns()
    {
        using var scope = NewDisposeScope();
        var order = tensor(new long[] { 2, 0, 1 });
        TestTensors.AreClose(TestTensors.Values(Assign(Embeddings, Centroids).index_select(1, order)), Assign(Embeddings, Centroids.index_select(0, order)), 1e-12);
    }

    [TestMethod]
    public void Compute_PermutedBatch_PermutesItsRows()
    {
        using var scope = NewDisposeScope();
        var order = tensor(new long[] { 3, 1, 5, 0, 4, 2 });
        TestTensors.AreClose(TestTensors.Values(Assign(Embeddings, Centroids).index_select(0, order)), Assign(Embeddings.index_select(0, order), Centroids), 1e-12);
    }

    [TestMethod]
    public void Compute_Gradient_MatchesFiniteDifferences()
    {
        using var scope = NewDisposeScope();
        // The rows sum to 1: weights, so that the gradient is not zero.
        FiniteDifference.Check(d => (StudentAssignment.Compute(d) * TestTensors.Wave(6, 3)).sum(), CentroidDistance.Squared(Embeddings, Centroids));
    }

    private static Tensor Assign(Tensor z, Tensor r) => StudentAssignment.Compute(CentroidDistance.Squared(z, r));

    private static double[,] NaiveAssignments(double[] z, double[] r, int n, int k, int p)
    {
        var q = new double[n, k];
        for (var i = 0; i < n; i++)
        {
            var sum = 0.0;
            for (var j = 0; j < k; j++)
            {
                var distance = 0.0;
                for (var d = 0; d < p; d++)
                    distance += Math.Pow(z[i * p + d] - r[j * p + d], 2);
                q[i, j] = 1 / (1 + distance);
                sum += q[i, j];
            }

            for (var j = 0; j < k; j++)
                q[i, j] /= sum;
        }

        return q;
    }
}
