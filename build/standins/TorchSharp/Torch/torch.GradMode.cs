using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public static IDisposable no_grad() => new GradMode(false);

    public static IDisposable enable_grad(bool enabled = true) => new GradMode(enabled);

    public static IDisposable set_grad_enabled(bool mode = true) => new GradMode(mode);

    public static bool is_grad_enabled() => Library.ts_grad_mode() != 0;

    public static IDisposable inference_mode(bool mode = true) => new InferenceMode(mode);

    public static bool is_inference_mode_enabled() => Library.ts_inference_mode() != 0;

    private sealed class GradMode : IDisposable
    {
        private readonly byte before = Library.ts_grad_mode();

        internal GradMode(bool enabled) => Library.ts_set_grad_mode(enabled ? (byte)1 : (byte)0);

        public void Dispose() => Library.ts_set_grad_mode(before);
    }

    private sealed class InferenceMode : IDisposable
    {
        private IntPtr guard;

        internal InferenceMode(bool enabled) => guard = Library.ts_inference_enter(enabled ? (byte)1 : (byte)0);

        public void Dispose()
        {
            Library.ts_inference_leave(guard);
            guard = IntPtr.Zero;
        }
    }
}
