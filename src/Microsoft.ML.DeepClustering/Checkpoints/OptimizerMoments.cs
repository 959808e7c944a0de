#nullable disable
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Checkpoints;

/// <summary>
/// The state of an optimiser as tensors, in the parameters' order: both moments of Adam and the numbers of its steps, or the momentum of SGD.
/// </summary>
internal static class OptimizerMoments
{
    private const string Steps = "steps";

    /// <summary>The live moments, which a later step changes.</summary>
    public static IReadOnlyDictionary<string, Tensor> Of(optim.Optimizer optimizer)
    {
        if (optimizer is SGD sgd)
            return Momentum(sgd);
        var states = States(optimizer);
        var tensors = Moments(states);
        tensors[Steps] = tensor(Array.ConvertAll(states, s => s.step), new long[] { states.Length }, dtype: ScalarType.Int64, device: CPU);
        return tensors;
    }

    /// <summary>Gives an optimiser of the same parameters what <see cref="Of"/> has taken.</summary>
    /// <param name="optimizer">The optimiser.</param>
    /// <param name="copyTo">Fills the tensors that it is given, by the names that they have here.</param>
    public static void Restore(optim.Optimizer optimizer, Action<IReadOnlyDictionary<string, Tensor>> copyTo)
    {
        using var scope = NewDisposeScope();
        if (optimizer is SGD sgd)
        {
            copyTo(Momentum(sgd));
            return;
        }

        var states = States(optimizer);
        var tensors = Moments(states);
        var steps = tensors[Steps] = zeros(new long[] { states.Length }, dtype: ScalarType.Int64, device: CPU);
        copyTo(tensors);
        var values = steps.data<long>().ToArray();
        for (var i = 0; i < states.Length; i++)
            states[i].step = values[i];
    }

    private static Dictionary<string, Tensor> Moments(Adam.State[] states)
    {
        var tensors = new Dictionary<string, Tensor>();
        for (var i = 0; i < states.Length; i++)
        {
            tensors[$"{i}.first"] = states[i].exp_avg;
            tensors[$"{i}.second"] = states[i].exp_avg_sq;
        }

        return tensors;
    }

    // Before its first step SGD has no momentum; zeros are the same to it.
    private static Dictionary<string, Tensor> Momentum(SGD sgd)
    {
        var tensors = new Dictionary<string, Tensor>();
        foreach (var (parameter, state) in sgd.parameters().Zip(sgd.state_dict().State.Cast<SGD.State>()))
            tensors[$"{tensors.Count}.momentum"] = state.momentum_buffer ??= zeros_like(parameter, requires_grad: false).DetachFromDisposeScope();
        return tensors;
    }

    private static Adam.State[] States(optim.Optimizer optimizer) => optimizer is Adam adam
        ? adam.state_dict().State.Cast<Adam.State>().ToArray()
        : throw new NotSupportedException($"A checkpoint holds the state of Adam or SGD; the optimiser is {optimizer.GetType().Name}.");
}
