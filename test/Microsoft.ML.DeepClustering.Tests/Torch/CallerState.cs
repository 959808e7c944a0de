using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Tests.Torch;

/// <summary>What a program that uses TorchSharp itself may have set, on this thread and for the process, as it can be read.</summary>
/// <param name="Gradients">Whether gradients are recorded.</param>
/// <param name="Inference">Whether inference mode is on.</param>
/// <param name="Dtype">The default dtype.</param>
/// <param name="Device">The default device.</param>
/// <param name="Generator">The state of the global generator.</param>
/// <param name="Threads">The number of threads on this thread.</param>
/// <param name="ThreadsOfNewThread">The number that a new thread begins with.</param>
/// <param name="LiveTensors">Made on this thread and not disposed of on it.</param>
internal sealed record CallerState(
    bool Gradients, bool Inference, ScalarType Dtype, string Device, string Generator, int Threads, int ThreadsOfNewThread, long LiveTensors)
{
    /// <summary>Ways to set it, each until what is returned is disposed of.</summary>
    public static IReadOnlyDictionary<string, Func<IDisposable>> Settings { get; } = new Dictionary<string, Func<IDisposable>>
    {
        ["a dispose scope"] = NewDisposeScope,
        ["two dispose scopes"] = () => All(NewDisposeScope, NewDisposeScope),
        ["no_grad"] = no_grad,
        ["set_grad_enabled(false)"] = () => set_grad_enabled(false),
        ["enable_grad in no_grad"] = () => All(no_grad, () => enable_grad()),
        ["inference_mode"] = () => inference_mode(),
        ["inference_mode with gradients"] = () => All(() => inference_mode(), () => enable_grad()),
        ["default dtype float64"] = () => DefaultDtype(ScalarType.Float64),
        ["default dtype bfloat16"] = () => DefaultDtype(ScalarType.BFloat16),
        ["default device meta"] = () => DefaultDevice(META),
        ["a seeded global generator"] = Seed,
        ["all at once"] = () => All(
            NewDisposeScope, no_grad, () => inference_mode(), NewDisposeScope, () => DefaultDtype(ScalarType.Float64), () => DefaultDevice(META), Seed),
    };

    /// <summary>As it is.</summary>
    public static CallerState Read()
    {
        var ofNewThread = 0;
        var thread = new Thread(() => ofNewThread = get_num_threads());
        thread.Start();
        thread.Join();
        return new(
            is_grad_enabled(), is_inference_mode_enabled(), get_default_dtype(), get_default_device().ToString(), GeneratorState(), get_num_threads(), ofNewThread,
            DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    public static IDisposable DefaultDtype(ScalarType dtype)
    {
        var before = get_default_dtype();
        set_default_dtype(dtype);
        return new Restorer(() => set_default_dtype(before));
    }

    private static IDisposable DefaultDevice(Device device)
    {
        var before = get_default_device();
        set_default_device(device);
        return new Restorer(() => set_default_device(before));
    }

    private static IDisposable Seed()
    {
        manual_seed(77);
        return new Restorer(() => { });
    }

    private static string GeneratorState()
    {
        using var generator = torch.Generator.Default;
        using var state = generator.get_state();
        return Convert.ToHexString(state.bytes);
    }

    private static IDisposable All(params Func<IDisposable>[] settings)
    {
        var set = new Stack<IDisposable>(settings.Select(s => s()));
        return new Restorer(() =>
        {
            while (set.TryPop(out var last))
                last.Dispose();
        });
    }

    private sealed class Restorer(Action restore) : IDisposable
    {
        public void Dispose() => restore();
    }
}
