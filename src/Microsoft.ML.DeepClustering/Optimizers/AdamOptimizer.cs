using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Optimizers;

/// <summary>Adam with its usual constants: Kingma and Ba 2015, Algorithm 1, β1 = 0.9, β2 = 0.999, and ε = 1e-8 where no other is given.</summary>
internal sealed class AdamOptimizer : ParameterOptimizer
{
    private const double Beta1 = 0.9;
    private const double Beta2 = 0.999;
    private const string Counts = "steps";

    private readonly Tensor[] _first;
    private readonly Tensor[] _second;
    private readonly long[] _steps;
    private readonly double _epsilon;

    /// <inheritdoc cref="ParameterOptimizer(IEnumerable{Parameter}, double)"/>
    /// <param name="parameters">Of float32, contiguous; they stay the caller's.</param>
    /// <param name="learningRate">Above 0.</param>
    /// <param name="epsilon">ε, above 0.</param>
    public AdamOptimizer(IEnumerable<Parameter> parameters, double learningRate, double epsilon = 1e-8)
        : base(parameters, learningRate)
    {
        _epsilon = epsilon;
        _first = Moments();
        _second = Moments();
        _steps = new long[Parameters.Count];
    }

    /// <summary>Both moments of each parameter, i.first and i.second, and the numbers of steps.</summary>
    public override IReadOnlyDictionary<string, Tensor> State()
    {
        var state = MomentsByName();
        state[Counts] = tensor(_steps, [_steps.Length], dtype: ScalarType.Int64, device: CPU);
        return state;
    }

    public override void Restore(Action<IReadOnlyDictionary<string, Tensor>> copyTo)
    {
        using var scope = NewDisposeScope();
        var state = MomentsByName();
        var steps = state[Counts] = zeros([_steps.Length], dtype: ScalarType.Int64, device: CPU);
        copyTo(state);
        steps.data<long>().ToArray().CopyTo(_steps, 0);
    }

    protected override IEnumerable<Tensor> MomentsOf(int index) => [_first[index], _second[index]];

    protected override void StepByOperations(int index, Tensor gradient)
    {
        var (rate, correction) = NextStep(index);
        using Scalar one = 1L, beta1 = Beta1, beta2 = Beta2, rest1 = 1 - Beta1, rest2 = 1 - Beta2, epsilon = _epsilon, root = correction, step = -rate;
        _first[index].mul_(beta1).add_(gradient, alpha: rest1);
        _second[index].mul_(beta2).addcmul_(gradient, gradient, value: rest2);
        Parameters[index].addcdiv_(_first[index], _second[index].sqrt().div_(root).add_(epsilon, alpha: one), value: step);
    }

    protected override void AddRanges(ParallelRanges work, int index, Tensor gradient)
    {
        var (rate, correction) = NextStep(index);
        var (values, gradients) = (new NativeValues(Parameters[index]), new NativeValues(gradient));
        var (first, second) = (new NativeValues(_first[index]), new NativeValues(_second[index]));
        var factors = new AdamFactors((float)Beta1, (float)(1 - Beta1), (float)Beta2, (float)(1 - Beta2), (float)(1 / correction), (float)_epsilon, (float)rate);
        work.Add(gradient.NumberOfElements, (start, count) => AdamStep.Apply(
            values.Slice(start, count), gradients.Slice(start, count), first.Slice(start, count), second.Slice(start, count), factors));
    }

    // The rate of this step with the first moment's bias taken out, and the root of what takes out the second's.
    private (double Rate, double Correction) NextStep(int index)
    {
        var step = ++_steps[index];
        return (LearningRate / (1 - Math.Pow(Beta1, step)), Math.Sqrt(1 - Math.Pow(Beta2, step)));
    }

    private Dictionary<string, Tensor> MomentsByName()
    {
        var moments = new Dictionary<string, Tensor>();
        for (var i = 0; i < _steps.Length; i++)
        {
            moments[$"{i}.first"] = _first[i];
            moments[$"{i}.second"] = _second[i];
        }

        return moments;
    }
}
