using TorchSharp.Native;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Adam's running moments and its update, which AdamW shares.</summary>
internal sealed class Moments : IDisposable
{
    private readonly Dictionary<Parameter, Adam.State> states = new(ReferenceEqualityComparer.Instance);

    internal void Update(Settings settings, (Parameter Parameter, Tensor Gradient)[] pairs)
    {
        foreach (var same in pairs.GroupBy(pair => ++Of(pair.Parameter, settings.Amsgrad).step))
            Update(settings, same.Key, same.ToArray());
    }

    internal Adam.State Of(Parameter parameter, bool amsgrad)
    {
        if (!states.TryGetValue(parameter, out var state))
            states[parameter] = state = Initial(parameter, amsgrad);
        return state;
    }

    public void Dispose()
    {
        foreach (var state in states.Values)
            state.Dispose();
        states.Clear();
    }

    private static Adam.State Initial(Parameter parameter, bool amsgrad) => new()
    {
        exp_avg = parameter.zeros_like().DetachFromDisposeScope(),
        exp_avg_sq = parameter.zeros_like().DetachFromDisposeScope(),
        max_exp_avg_sq = amsgrad ? parameter.zeros_like().DetachFromDisposeScope() : null,
    };

    private void Update(Settings settings, long step, (Parameter Parameter, Tensor Gradient)[] pairs)
    {
        var parameters = Array.ConvertAll(pairs, pair => (Tensor)pair.Parameter);
        var gradients = Array.ConvertAll(pairs, pair => pair.Gradient);
        var firsts = Array.ConvertAll(pairs, pair => states[pair.Parameter].exp_avg);
        var seconds = Array.ConvertAll(pairs, pair => states[pair.Parameter].exp_avg_sq);
        if (settings.Maximize)
            gradients = Ops._foreach_neg.CallList(gradients);
        if (settings.WeightDecay != 0 && settings.Decoupled)
            Ops._foreach_mul__Scalar.Run(parameters, 1 - (settings.LearningRate * settings.WeightDecay));
        else if (settings.WeightDecay != 0)
            gradients = Ops._foreach_add_List.CallList(gradients, parameters, settings.WeightDecay);

        var stepSize = settings.LearningRate / (1 - Math.Pow(settings.Beta1, step));
        var rootCorrection = Math.Sqrt(1 - Math.Pow(settings.Beta2, step));
        Tensor[][] all = [parameters, gradients, firsts, seconds];
        if (!settings.Amsgrad && all.All(tensors => tensors.All(IsPlain)))
            UpdateAtOnce(all, new(stepSize, settings.Beta1, settings.Beta2, rootCorrection, settings.Epsilon));
        else
            UpdateByOperators(settings, all, Array.ConvertAll(pairs, pair => states[pair.Parameter].max_exp_avg_sq), stepSize, rootCorrection);
    }

    private static bool IsPlain(Tensor tensor) => tensor.dtype == ScalarType.Float32 && tensor.device_type == DeviceType.CPU && tensor.is_contiguous();

    private static unsafe void UpdateAtOnce(Tensor[][] all, AdamStep step)
    {
        var handles = all.SelectMany(tensors => tensors).Select(tensor => tensor.Handle).ToArray();
        fixed (IntPtr* pointers = handles)
            Library.Check(Library.ts_adam(pointers, all[0].Length, &step));
        GC.KeepAlive(all);
    }

    private static void UpdateByOperators(Settings settings, Tensor[][] all, Tensor[] largest, double stepSize, double rootCorrection)
    {
        var (parameters, gradients, firsts, seconds) = (all[0], all[1], all[2], all[3]);
        Ops._foreach_mul__Scalar.Run(firsts, settings.Beta1);
        Ops._foreach_add__List.Run(firsts, gradients, 1 - settings.Beta1);
        Ops._foreach_mul__Scalar.Run(seconds, settings.Beta2);
        Ops._foreach_addcmul__Scalar.Run(seconds, gradients, gradients, 1 - settings.Beta2);

        if (settings.Amsgrad)
        {
            for (var i = 0; i < largest.Length; i++)
                Ops.maximum_out.Run(largest[i], seconds[i], largest[i]);
        }

        var roots = Ops._foreach_sqrt.CallList(settings.Amsgrad ? largest : seconds);
        Ops._foreach_div__Scalar.Run(roots, rootCorrection);
        Ops._foreach_add__Scalar.Run(roots, settings.Epsilon);
        Ops._foreach_addcdiv__Scalar.Run(parameters, firsts, roots, -stepSize);
    }

    internal readonly record struct Settings(
        double LearningRate, double Beta1, double Beta2, double Epsilon, double WeightDecay, bool Amsgrad, bool Maximize, bool Decoupled);
}
