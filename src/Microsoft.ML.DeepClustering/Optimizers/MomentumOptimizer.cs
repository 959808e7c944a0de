using System.Numerics;
using System.Runtime.InteropServices;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Optimizers;

/// <summary>Stochastic gradient descent with momentum: b ← μ b + g, θ ← θ - rate · b, b from zero. Sutskever et al. 2013, with the rate outside b.</summary>
internal sealed class MomentumOptimizer : ParameterOptimizer
{
    private readonly double _momentum;
    private readonly Tensor[] _buffers;

    /// <inheritdoc cref="ParameterOptimizer(IEnumerable{Parameter}, double)"/>
    /// <param name="parameters">Of float32, contiguous; they stay the caller's.</param>
    /// <param name="learningRate">Above 0.</param>
    /// <param name="momentum">μ, 0 to below 1.</param>
    public MomentumOptimizer(IEnumerable<Parameter> parameters, double learningRate, double momentum)
        : base(parameters, learningRate)
    {
        _momentum = momentum;
        _buffers = Moments();
    }

    /// <summary>b of each parameter, i.momentum.</summary>
    public override IReadOnlyDictionary<string, Tensor> State()
        => _buffers.Select((buffer, i) => KeyValuePair.Create($"{i}.momentum", buffer)).ToDictionary();

    public override void Restore(Action<IReadOnlyDictionary<string, Tensor>> copyTo) => copyTo(State());

    protected override IEnumerable<Tensor> MomentsOf(int index) => [_buffers[index]];

    protected override void StepByOperations(int index, Tensor gradient)
    {
        using Scalar momentum = _momentum, one = 1.0, step = -LearningRate;
        _buffers[index].mul_(momentum).add_(gradient, alpha: one);
        Parameters[index].add_(_buffers[index], alpha: step);
    }

    protected override void AddRanges(ParallelRanges work, int index, Tensor gradient)
    {
        var (momentum, rate) = ((float)_momentum, (float)LearningRate);
        var (values, gradients, buffer) = (new NativeValues(Parameters[index]), new NativeValues(gradient), new NativeValues(_buffers[index]));
        work.Add(gradient.NumberOfElements, (start, count) => Apply(values.Slice(start, count), gradients.Slice(start, count), buffer.Slice(start, count), momentum, rate));
    }

    private static void Apply(Span<float> values, ReadOnlySpan<float> gradients, Span<float> buffer, float momentum, float rate)
    {
        var θ = MemoryMarshal.Cast<float, Vector<float>>(values);
        var g = MemoryMarshal.Cast<float, Vector<float>>(gradients);
        var b = MemoryMarshal.Cast<float, Vector<float>>(buffer);
        for (var i = 0; i < θ.Length; i++)
        {
            b[i] = Subnormals.ToZero(b[i] * momentum + g[i], Subnormals.LeastMoment);
            θ[i] -= b[i] * rate;
        }

        for (var i = θ.Length * Vector<float>.Count; i < values.Length; i++)
        {
            buffer[i] = Subnormals.ToZero(buffer[i] * momentum + gradients[i], Subnormals.LeastMoment);
            values[i] -= buffer[i] * rate;
        }
    }
}
