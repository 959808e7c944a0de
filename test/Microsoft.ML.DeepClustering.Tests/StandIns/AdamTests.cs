#nullable disable
using Microsoft.ML.DeepClustering.Tests.Support;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Tests.StandIns;

/// <summary>Adam and AdamW against the formulas of Kingma and Ba 2015, Algorithm 1, Reddi et al. 2018 and Loshchilov and Hutter 2019.</summary>
[TestClass]
public sealed class AdamTests
{
    private const int Steps = 6;
    private const double Rate = 0.01;
    private const double Beta1 = 0.8;
    private const double Beta2 = 0.95;
    private const double Epsilon = 1e-3;
    private const double Decay = 0.1;

    [TestMethod]
    public void StateDict_AfterSteps_HasTheLiveMomentsOfEachParameter()
    {
        using var first = new Parameter(zeros(2));
        using var second = new Parameter(zeros(1));
        using var optimizer = optim.Adam(new[] { first, second }, Rate, Beta1, Beta2);
        for (var step = 0; step < 2; step++)
        {
            using var scope = NewDisposeScope();
            optimizer.zero_grad();
            (first * tensor(new[] { 3f, -1f })).sum().backward();
            optimizer.step();
        }

        var states = optimizer.state_dict().State.Cast<Adam.State>().ToArray();
        Assert.HasCount(2, states);
        Assert.AreEqual((2, 0), (states[0].step, states[1].step));
        // m = (1 - β1²) g and v = (1 - β2²) g² for a gradient that stays the same.
        TestTensors.AreClose([0.36f * 3, 0.36f * -1], states[0].exp_avg, 1e-6);
        TestTensors.AreClose([0.0975f * 9, 0.0975f], states[0].exp_avg_sq, 1e-6);
        TestTensors.AreClose([0], states[1].exp_avg, 0);
        Assert.AreSame(states[0].exp_avg, ((Adam.State)optimizer.state_dict().State[0]).exp_avg);
    }

    [TestMethod]
    [DataRow(ScalarType.Float32, false, false)]
    [DataRow(ScalarType.Float32, false, true)]
    [DataRow(ScalarType.Float32, true, false)]
    [DataRow(ScalarType.Float32, true, true)]
    [DataRow(ScalarType.Float64, false, false)]
    [DataRow(ScalarType.Float64, true, true)]
    public void Step_SeveralTimes_FollowsTheFormula(ScalarType type, bool decoupled, bool amsgrad)
    {
        // An odd number of elements, more than any vector register has.
        var start = TestTensors.Values(TestTensors.Wave(67));
        using var parameter = new Parameter(tensor(start).to(type));
        using optim.Optimizer optimizer = decoupled
            ? optim.AdamW(new[] { parameter }, Rate, Beta1, Beta2, Epsilon, Decay, amsgrad)
            : optim.Adam(new[] { parameter }, Rate, Beta1, Beta2, Epsilon, Decay, amsgrad);
        for (var step = 1; step <= Steps; step++)
        {
            using var scope = NewDisposeScope();
            optimizer.zero_grad();
            Loss(parameter, step).backward();
            optimizer.step();
        }

        TestTensors.AreClose(Expected(start, decoupled, amsgrad), parameter, type == ScalarType.Float32 ? 2e-6 : 1e-12);
    }

    [TestMethod]
    public void Step_ParameterWithoutGradient_StaysAndStartsItsOwnCount()
    {
        using var first = new Parameter(ones(3));
        using var second = new Parameter(ones(3));
        using var optimizer = optim.Adam(new[] { first, second }, Rate);
        using var scope = NewDisposeScope();
        first.sum().backward();
        optimizer.step();
        TestTensors.AreClose([1, 1, 1], second, 0);
        (first.sum() + second.sum()).backward();
        optimizer.step();
        // The first step of Adam is the learning rate long, whatever others have done before.
        TestTensors.AreClose([1 - Rate, 1 - Rate, 1 - Rate], second, 1e-6);
    }

    // Σ w_i (x_i - t)², so that gradients differ in size, and from step to step.
    private static Tensor Loss(Tensor x, int step)
        => ((x - Target(step)).square() * (arange(67, dtype: x.dtype) * 0.1)).sum();

    private static double Target(int step) => Math.Sin(step);

    private static double[] Expected(double[] start, bool decoupled, bool amsgrad) => start.Select((x, i) =>
    {
        double m = 0, v = 0, largest = 0;
        for (var step = 1; step <= Steps; step++)
        {
            var g = 2 * (x - Target(step)) * i * 0.1;
            if (decoupled)
                x -= Rate * Decay * x;
            else
                g += Decay * x;
            m = Beta1 * m + (1 - Beta1) * g;
            v = Beta2 * v + (1 - Beta2) * g * g;
            largest = Math.Max(largest, v);
            var root = Math.Sqrt((amsgrad ? largest : v) / (1 - Math.Pow(Beta2, step)));
            x -= Rate * (m / (1 - Math.Pow(Beta1, step))) / (root + Epsilon);
        }

        return x;
    }).ToArray();
}
