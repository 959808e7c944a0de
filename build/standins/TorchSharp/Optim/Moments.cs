using TorchSharp.Native;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Adam's running moments and its update, which AdamW shares.</summary>
internal sealed class Moments : IDisposable
{
    private readonly Dictionary<Parameter, State> states = new(ReferenceEqualityComparer.Instance);

    internal void Update(Settings settings, (Parameter Parameter, Tensor Gradient)[] pairs)
    {
        foreach (var (parameter, _) in pairs)
        {
            if (!states.ContainsKey(parameter))
                states[parameter] = new State(parameter, settings.Amsgrad);
        }

        foreach (var same in pairs.GroupBy(pair => ++states[pair.Parameter].Step))
            Update(settings, same.Key, same.ToArray());
    }

    public void Dispose()
    {
        foreach (var state in states.Values)
            state.Dispose();
        states.Clear();
    }

    private void Update(Settings settings, long step, (Parameter Parameter, Tensor Gradient)[] pairs)
    {
        var parameters = Array.ConvertAll(pairs, pair => (Tensor)pair.Parameter);
        var gradients = Array.ConvertAll(pairs, pair => pair.Gradient);
        var firsts = Array.ConvertAll(pairs, pair => states[pair.Parameter].First);
        var seconds = Array.ConvertAll(pairs, pair => states[pair.Parameter].Second);
        if (settings.Maximize)
            gradients = Ops._foreach_neg.CallList(gradients);
        if (settings.WeightDecay != 0 && settings.Decoupled)
            Ops._foreach_mul__Scalar.Run(parameters, 1 - (settings.LearningRate * settings.WeightDecay));
        else if (settings.WeightDecay != 0)
            gradients = Ops._foreach_add_List.CallList(gradients, parameters, settings.WeightDecay);

        Ops._foreach_mul__Scalar.Run(firsts, settings.Beta1);
        Ops._foreach_add__List.Run(firsts, gradients, 1 - settings.Beta1);
        Ops._foreach_mul__Scalar.Run(seconds, settings.Beta2);
        Ops._foreach_addcmul__Scalar.Run(seconds, gradients, gradients, 1 - settings.Beta2);

        var largest = seconds;
        if (settings.Amsgrad)
        {
            largest = Array.ConvertAll(pairs, pair => states[pair.Parameter].Largest);
            for (var i = 0; i < largest.Length; i++)
                Ops.maximum_out.Run(largest[i], seconds[i], largest[i]);
        }

        var roots = Ops._foreach_sqrt.CallList(largest);
        Ops._foreach_div__Scalar.Run(roots, Math.Sqrt(1 - Math.Pow(settings.Beta2, step)));
        Ops._foreach_add__Scalar.Run(roots, settings.Epsilon);
        Ops._foreach_addcdiv__Scalar.Run(parameters, firsts, roots, -settings.LearningRate / (1 - Math.Pow(settings.Beta1, step)));
    }

    internal readonly record struct Settings(
        double LearningRate, double Beta1, double Beta2, double Epsilon, double WeightDecay, bool Amsgrad, bool Maximize, bool Decoupled);

    private sealed class State : IDisposable
    {
        internal State(Parameter parameter, bool amsgrad)
        {
            First = parameter.zeros_like().DetachFromDisposeScope();
            Second = parameter.zeros_like().DetachFromDisposeScope();
            Largest = amsgrad ? parameter.zeros_like().DetachFromDisposeScope() : null;
        }

        internal long Step { get; set; }

        internal Tensor First { get; }

        internal Tensor Second { get; }

        internal Tensor Largest { get; }

        public void Dispose()
        {
            First.Dispose();
            Second.Dispose();
            Largest?.Dispose();
        }
    }
}
