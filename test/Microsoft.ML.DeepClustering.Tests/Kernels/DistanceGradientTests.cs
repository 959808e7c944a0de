using Microsoft.ML.DeepClustering.Kernels;
using Microsoft.ML.DeepClustering.Losses;
using Microsoft.ML.DeepClustering.Methods.Companions;
using Microsoft.ML.DeepClustering.Tests.Support;
using Microsoft.ML.DeepClustering.Torch;
using Microsoft.ML.DeepClustering.Training;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Tests.Kernels;

/// <summary>The two gradients of the distances between the rows of a batch.</summary>
[TestClass]
public sealed class DistanceGradientTests
{
    private const int Rows = 6;
    private const int Size = 3;

    [TestMethod]
    [DataRow(DistanceGradient.Exact)]
    [DataRow(DistanceGradient.OneSided)]
    public void SquaredPairwise_Gradient_IsThatOfNaiveLoops(DistanceGradient gradient)
    {
        using var scope = NewDisposeScope();
        var x = TestTensors.Noise(Rows, Size).Plus(20);
        var g = TestTensors.Noise(Rows, Rows).triu(1);
        var (values, weights) = (TestTensors.Values(x).Chunk(Size).ToArray(), TestTensors.Values(g).Chunk(Rows).ToArray());
        var expected = new double[Rows * Size];
        for (var a = 0; a < Rows; a++)
        {
            for (var b = 0; b < Rows; b++)
            {
                var weight = gradient == DistanceGradient.Exact ? 2 * (weights[a][b] + weights[b][a]) : 4 * weights[a][b];
                for (var d = 0; d < Size; d++)
                    expected[(a * Size) + d] += weight * (values[a][d] - values[b][d]);
            }
        }

        TestTensors.AreClose(expected, Gradient(x, y => (EuclideanDistance.SquaredPairwise(y, gradient) * g).sum()), 1e-9);
    }

    [TestMethod]
    public void SquaredPairwise_OneSided_HasTheValuesOfTheExact()
    {
        using var scope = NewDisposeScope();
        foreach (var needsGradient in new[] { false, true })
        {
            var x = TestTensors.Noise(Rows, Size, 2).requires_grad_(needsGradient);
            TestTensors.AreClose(TestTensors.Values(EuclideanDistance.SquaredPairwise(x.detach())), EuclideanDistance.SquaredPairwise(x, DistanceGradient.OneSided).detach(), 0);
        }
    }

    [TestMethod]
    public void SquaredPairwise_SymmetricLoss_HasOneGradient()
    {
        using var scope = NewDisposeScope();
        var x = TestTensors.Noise(Rows, Size);
        var exact = Gradient(x, y => EuclideanDistance.SquaredPairwise(y, DistanceGradient.Exact).Times(-1).exp().sum());
        TestTensors.AreClose(TestTensors.Values(exact), Gradient(x, y => EuclideanDistance.SquaredPairwise(y, DistanceGradient.OneSided).Times(-1).exp().sum()), 1e-12);
    }

    [TestMethod]
    public void Divergence_OfTwoClustersOfARowEach_MovesTheFirstTwiceAndTheOtherNot()
    {
        using var scope = NewDisposeScope();
        var x = tensor(new[,] { { 0.0, 1.0 }, { 2.0, 0.5 } });
        var exact = TestTensors.Values(Gradient(x, y => Divergence(y, DistanceGradient.Exact)));
        // Apart, by the same way each.
        Assert.IsGreaterThan(0.01, exact[0]);
        TestTensors.AreClose([-exact[2], -exact[3]], tensor(new[] { exact[0], exact[1] }), 1e-12);
        TestTensors.AreClose([2 * exact[0], 2 * exact[1], 0, 0], Gradient(x, y => Divergence(y, DistanceGradient.OneSided)), 1e-12);

        static Tensor Divergence(Tensor rows, DistanceGradient gradient)
            => CauchySchwarzDivergence.Compute(eye(2, dtype: ScalarType.Float64), EuclideanDistance.SquaredPairwise(rows, gradient).Times(-1).exp());
    }

    [TestMethod]
    [DataRow(CompanionKernel.Naive, true)]
    [DataRow(CompanionKernel.Tensor, false)]
    public void AddTo_OneSided_ChangesTheGradientOfTheNaiveKernelAlone(CompanionKernel kernel, bool expected)
    {
        using var scope = NewDisposeScope();
        var x = TestTensors.Noise(Rows, 2, 3, 3);
        var assignments = nn.functional.softmax(TestTensors.Noise(Rows, 3).Times(3), 1);
        var (exact, oneSided) = (TestTensors.Values(Of(DistanceGradient.Exact)), TestTensors.Values(Of(DistanceGradient.OneSided)));
        Assert.AreEqual(expected, exact.Zip(oneSided, (a, b) => Math.Abs(a - b)).Max() > 1e-6);

        Tensor Of(DistanceGradient gradient) => Gradient(x, y =>
        {
            var terms = new LossTerms();
            new CompanionObjective(new() { Kernel = kernel, DistanceGradient = gradient }).AddTo(terms, assignments, [y]);
            return terms.Total();
        });
    }

    private static Tensor Gradient(Tensor x, Func<Tensor, Tensor> loss)
    {
        var variable = x.detach().clone().requires_grad_();
        loss(variable).backward();
        return variable.grad!;
    }
}
