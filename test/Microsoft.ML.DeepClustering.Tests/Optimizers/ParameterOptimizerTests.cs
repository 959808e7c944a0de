using Microsoft.ML.DeepClustering.Optimizers;
using Microsoft.ML.DeepClustering.Tests.Support;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Tests.Optimizers;

/// <summary>Both optimisers in both their ways against TorchSharp's, and against the definition.</summary>
[TestClass]
public sealed class ParameterOptimizerTests
{
    private const int Steps = 100;

    // Sizes below, at and above those of a vector register and of a range.
    private static readonly long[][] Shapes = [[1], [7], [16, 3], [5, 4, 3, 3], [32_768], [300, 120]];

    public static IEnumerable<object[]> Ways => from adam in new[] { true, false }
                                                from operations in new[] { true, false }
                                                select new object[] { adam, operations };

    [TestMethod]
    [DynamicData(nameof(Ways))]
    public void Step_HundredTimes_EqualsTorchSharps(bool adam, bool operations)
    {
        using var scope = NewDisposeScope();
        var (ours, theirs) = (Parameters(), Parameters());
        using var optimizer = Create(ours, adam, operations);
        using optim.Optimizer reference = adam ? optim.Adam(theirs, 1e-2) : optim.SGD(theirs, 1e-2, momentum: 0.9);
        for (var step = 0; step < Steps; step++)
        {
            SetGradients(ours, step);
            SetGradients(theirs, step);
            optimizer.Step();
            reference.step();
        }

        for (var i = 0; i < ours.Length; i++)
            AreClose(theirs[i], ours[i], $"shape ({string.Join(", ", Shapes[i])})");
    }

    [TestMethod]
    [DynamicData(nameof(Ways))]
    public void ResetMoments_OfOneParameter_ForgetsItsOwnAlone(bool adam, bool operations)
    {
        using var scope = NewDisposeScope();
        var parameters = Parameters();
        using var optimizer = Create(parameters, adam, operations);
        SetGradients(parameters, 1);
        optimizer.Step();
        optimizer.ResetMoments(parameters[2]);
        optimizer.ResetMoments(new Parameter(zeros(3)));
        foreach (var (name, moment) in optimizer.State().Where(m => m.Key != "steps"))
            Assert.AreEqual(name.StartsWith("2.", StringComparison.Ordinal), TestTensors.Value(moment.abs().sum()) == 0, name);
        if (adam)
            TestTensors.AreClose(Enumerable.Repeat(1.0, parameters.Length).ToArray(), optimizer.State()["steps"], 0);
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Step_Adam_IsTheDefinition(bool operations)
    {
        using var scope = NewDisposeScope();
        var parameter = new Parameter(tensor(new[] { 1f, -2f, 0.5f }));
        using var optimizer = Create([parameter], adam: true, operations);
        var (values, first, second) = (new[] { 1.0, -2.0, 0.5 }, new double[3], new double[3]);
        for (var t = 1; t <= 5; t++)
        {
            parameter.grad = tensor(Enumerable.Range(0, 3).Select(i => (float)Gradient(i, t)).ToArray());
            optimizer.Step();
            for (var i = 0; i < 3; i++)
            {
                var g = Gradient(i, t);
                first[i] = 0.9 * first[i] + 0.1 * g;
                second[i] = 0.999 * second[i] + 0.001 * g * g;
                values[i] -= 1e-2 * (first[i] / (1 - Math.Pow(0.9, t))) / (Math.Sqrt(second[i] / (1 - Math.Pow(0.999, t))) + 1e-8);
            }

            TestTensors.AreClose(values, parameter, 1e-6);
        }

        static double Gradient(int i, int t) => Math.Sin(1.3 * i + t) * (i + 1);
    }

    [TestMethod]
    [DynamicData(nameof(Ways))]
    public void Step_ParameterWithoutGradient_StaysAsItIs(bool adam, bool operations)
    {
        using var scope = NewDisposeScope();
        var parameters = Parameters();
        using var optimizer = Create(parameters, adam, operations);
        var before = TestTensors.Values(parameters[1]);
        parameters[0].grad = ones_like(parameters[0]);
        optimizer.Step();
        CollectionAssert.AreEqual(before, TestTensors.Values(parameters[1]));
        Assert.AreNotEqual(TestTensors.Wave(1).item<double>(), TestTensors.Values(parameters[0])[0], 1e-4);
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void Step_AnyNumberOfThreads_GivesTheSameBits(bool adam)
    {
        var before = get_num_threads();
        try
        {
            CollectionAssert.AreEqual(Trained(adam, threads: 1), Trained(adam, threads: 3));
        }
        finally
        {
            set_num_threads(before);
        }
    }

    [TestMethod]
    [DynamicData(nameof(Ways))]
    public void Restore_StateOfAnother_GoesOnBitForBit(bool adam, bool operations)
    {
        using var scope = NewDisposeScope();
        var (whole, left) = (Parameters(), Parameters());
        using var optimizer = Create(whole, adam, operations);
        using var earlier = Create(left, adam, operations);
        StepBoth(0, 5, (whole, optimizer), (left, earlier));
        using var resumed = Create(left, adam, operations);
        var state = earlier.State().ToDictionary(s => s.Key, s => s.Value.clone());
        resumed.Restore(tensors =>
        {
            foreach (var (name, values) in tensors)
                values.copy_(state[name]);
        });
        StepBoth(5, 10, (whole, optimizer), (left, resumed));
        for (var i = 0; i < whole.Length; i++)
            CollectionAssert.AreEqual(TestTensors.Values(whole[i]), TestTensors.Values(left[i]));
    }

    [TestMethod]
    [DataRow(true, 0.0)]
    [DataRow(true, 1e-20)]
    [DataRow(true, 1e-30)]
    [DataRow(true, 1e-37)]
    [DataRow(true, 1e-40)]
    [DataRow(false, 0.0)]
    [DataRow(false, 1e-30)]
    public void Step_GradientsFadeAway_LeavesNoSubnormalMomentAndTheWeightsOfTorchSharp(bool adam, double rest)
    {
        using var scope = NewDisposeScope();
        var (ours, theirs) = (new Parameter(TestTensors.Wave(37).to(ScalarType.Float32)), new Parameter(TestTensors.Wave(37).to(ScalarType.Float32)));
        using var optimizer = Create([ours], adam, operations: false);
        using optim.Optimizer reference = adam ? optim.Adam([theirs], 1e-2) : optim.SGD([theirs], 1e-2, momentum: 0.9);
        var gradient = ours.grad = theirs.grad = zeros_like(ours);
        for (var step = 0; step < 1500; step++)
        {
            gradient.SetTo(step == 0 ? 1e-3 : rest);
            optimizer.Step();
            reference.step();
        }

        AreClose(theirs, ours, "weights");
        var moments = optimizer.State().Where(m => m.Key != "steps").SelectMany(m => TestTensors.Values(m.Value)).ToArray();
        Assert.IsTrue(moments.All(m => m == 0 || float.IsNormal((float)m)), $"{moments.First(m => m != 0)}");
        if (rest == 0)
            Assert.IsTrue(TestTensors.Values(optimizer.State()[adam ? "0.first" : "0.momentum"]).All(m => m == 0));
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void Step_GradientIsNotANumber_NeitherAreTheMoments(bool adam)
    {
        using var scope = NewDisposeScope();
        var parameter = new Parameter(ones(19, dtype: ScalarType.Float32));
        using var optimizer = Create([parameter], adam, operations: false);
        parameter.grad = zeros_like(parameter);
        parameter.grad.SetTo(double.NaN);
        optimizer.Step();
        Assert.IsTrue(optimizer.State().Where(m => m.Key != "steps").SelectMany(m => TestTensors.Values(m.Value)).All(double.IsNaN));
    }

    [TestMethod]
    [DynamicData(nameof(Ways))]
    public void Dispose_AfterSteps_LeavesNoTensor(bool adam, bool operations)
    {
        using var scope = NewDisposeScope();
        var parameters = Parameters();
        SetGradients(parameters, 0);
        var before = NativeTensors.Live;
        using (var optimizer = Create(parameters, adam, operations))
            optimizer.Step();
        Assert.AreEqual(before, NativeTensors.Live);
    }

    // To 1e-6 of the size of a value, or of 1 where it is smaller.
    private static void AreClose(Tensor expected, Tensor actual, string message)
        => Assert.IsLessThan(1e-6, ((expected - actual).abs() / expected.abs().AtLeast(1)).max().item<float>(), message);

    private static double[] Trained(bool adam, int threads)
    {
        set_num_threads(threads);
        using var scope = NewDisposeScope();
        var parameters = Parameters();
        using var optimizer = Create(parameters, adam, operations: false);
        StepBoth(0, 3, (parameters, optimizer));
        return parameters.SelectMany(TestTensors.Values).ToArray();
    }

    private static void StepBoth(int from, int to, params (Parameter[] Parameters, ParameterOptimizer Optimizer)[] sides)
    {
        for (var step = from; step < to; step++)
        {
            foreach (var (parameters, optimizer) in sides)
            {
                SetGradients(parameters, step);
                optimizer.Step();
            }
        }
    }

    private static ParameterOptimizer Create(IEnumerable<Parameter> parameters, bool adam, bool operations) => adam
        ? new AdamOptimizer(parameters, 1e-2) { UsesTensorOperations = operations }
        : new MomentumOptimizer(parameters, 1e-2, momentum: 0.9) { UsesTensorOperations = operations };

    private static Parameter[] Parameters() => Array.ConvertAll(Shapes, s => new Parameter(TestTensors.Wave(s).to(ScalarType.Float32)));

    // Of sizes from 1e-3 to 1e3, some of them zero.
    private static void SetGradients(Parameter[] parameters, int step)
    {
        for (var i = 0; i < parameters.Length; i++)
        {
            var noise = TestTensors.Noise(Shapes[i]).Times(Math.Pow(10, step % 7 - 3));
            parameters[i].grad = (step % 5 == 4 ? zeros_like(noise) : noise.Times(Math.Cos(step))).to(ScalarType.Float32);
        }
    }
}
