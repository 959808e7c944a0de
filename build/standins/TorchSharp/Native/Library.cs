using System.Reflection;
using System.Runtime.InteropServices;

namespace TorchSharp.Native;

/// <summary>The functions of libtorchstandin.so; see build/standins/native/torchstandin.cpp.</summary>
internal static unsafe class Library
{
    private const string Name = "torchstandin";

    private static IntPtr loaded;

    static Library() => NativeLibrary.SetDllImportResolver(typeof(Library).Assembly, Resolve);

    private static IntPtr Resolve(string name, Assembly assembly, DllImportSearchPath? searchPath)
    {
        if (name != Name)
            return IntPtr.Zero;
        if (loaded != IntPtr.Zero)
            return loaded;
        LimitSpinning();
        const string file = "libtorchstandin.so";
        string[] folders = [AppContext.BaseDirectory, Path.GetDirectoryName(assembly.Location) ?? ""];
        foreach (var folder in folders)
        {
            if (!NativeLibrary.TryLoad(Path.Combine(folder, file), out var handle))
                continue;
            if (!NativeLibrary.TryGetExport(handle, "ts_start", out var start))
                throw new EntryPointNotFoundException($"Unable to find an entry point named 'ts_start' in shared library '{file}'; run build/setup.sh, then build again.");
            ((delegate* unmanaged<void>)start)();
            return loaded = handle;
        }

        throw new DllNotFoundException(
            $"{file} could not be loaded from {AppContext.BaseDirectory}; run build/setup.sh, which installs libtorch, then build again.");
    }

    // Read when libgomp is loaded: its idle threads wait awake for some tens of microseconds, which is what lies between two operators,
    // and then sleep and leave the cores to the others. What the user has set stays.
    private static void LimitSpinning()
    {
        if (Environment.GetEnvironmentVariable("OMP_WAIT_POLICY") is null)
            setenv("GOMP_SPINCOUNT", "10000", 0);
    }

    [DllImport("libc")] private static extern int setenv(string name, string value, int overwrite);

    /// <summary>The text of the calling thread's last native error as TorchSharp throws it.</summary>
    internal static ExternalException Error() => new(Marshal.PtrToStringUTF8(ts_error()));

    internal static void Check(byte succeeded)
    {
        if (succeeded == 0)
            throw Error();
    }

    internal static IntPtr Check(IntPtr pointer) => pointer != IntPtr.Zero ? pointer : throw Error();

    [DllImport(Name)] internal static extern IntPtr ts_error();
    [DllImport(Name)] internal static extern IntPtr ts_find(byte* name, byte* overload);
    [DllImport(Name)] internal static extern Value* ts_call(IntPtr op, Value* values, int given, int* count);

    [DllImport(Name)] internal static extern void ts_free(IntPtr tensor);
    [DllImport(Name)] internal static extern IntPtr ts_from_memory(void* data, long bytes, int dtype, long* sizes, int dimensions);
    [DllImport(Name)] internal static extern void* ts_data(IntPtr tensor);
    [DllImport(Name), SuppressGCTransition] internal static extern int ts_dimensions(IntPtr tensor);
    [DllImport(Name), SuppressGCTransition] internal static extern long ts_numel(IntPtr tensor);
    [DllImport(Name), SuppressGCTransition] internal static extern int ts_dtype(IntPtr tensor);
    [DllImport(Name), SuppressGCTransition] internal static extern long ts_storage_offset(IntPtr tensor);
    [DllImport(Name), SuppressGCTransition] internal static extern int ts_device_type(IntPtr tensor);
    [DllImport(Name), SuppressGCTransition] internal static extern byte ts_is_contiguous(IntPtr tensor);
    [DllImport(Name), SuppressGCTransition] internal static extern byte ts_is_sparse(IntPtr tensor);
    [DllImport(Name), SuppressGCTransition] internal static extern void ts_sizes(IntPtr tensor, long* sizes);
    [DllImport(Name), SuppressGCTransition] internal static extern void ts_strides(IntPtr tensor, long* strides);

    [DllImport(Name)] internal static extern byte ts_requires_grad(IntPtr tensor);
    [DllImport(Name)] internal static extern byte ts_set_requires_grad(IntPtr tensor, byte value);
    [DllImport(Name)] internal static extern byte ts_is_leaf(IntPtr tensor);
    [DllImport(Name)] internal static extern byte ts_retain_grad(IntPtr tensor);
    [DllImport(Name)] internal static extern IntPtr ts_grad(IntPtr tensor);
    [DllImport(Name)] internal static extern byte ts_set_grad(IntPtr tensor, IntPtr grad);
    [DllImport(Name)] internal static extern byte ts_backward(
        IntPtr* tensors, int count, IntPtr* grads, int gradCount, byte retainGraph, byte createGraph, IntPtr* inputs, int inputCount);
    [DllImport(Name)] internal static extern Value* ts_gradients(
        IntPtr* outputs, int count, IntPtr* inputs, int inputCount, IntPtr* grads, int gradCount,
        byte retainGraph, byte createGraph, byte allowUnused, int* resultCount);
    [DllImport(Name)] internal static extern byte ts_adam(IntPtr* tensors, int count, AdamStep* step);
    [DllImport(Name)] internal static extern byte ts_grad_mode();
    [DllImport(Name)] internal static extern void ts_set_grad_mode(byte enabled);
    [DllImport(Name)] internal static extern byte ts_inference_mode();
    [DllImport(Name)] internal static extern IntPtr ts_inference_enter(byte enabled);
    [DllImport(Name)] internal static extern void ts_inference_leave(IntPtr guard);

    [DllImport(Name)] internal static extern IntPtr ts_generator(ulong seed);
    [DllImport(Name)] internal static extern IntPtr ts_generator_default();
    [DllImport(Name)] internal static extern void ts_generator_free(IntPtr generator);
    [DllImport(Name)] internal static extern byte ts_generator_seed(IntPtr generator, ulong seed);
    [DllImport(Name)] internal static extern ulong ts_generator_current_seed(IntPtr generator);
    [DllImport(Name)] internal static extern IntPtr ts_generator_state(IntPtr generator);
    [DllImport(Name)] internal static extern byte ts_generator_set_state(IntPtr generator, IntPtr state);

    [DllImport(Name)] internal static extern int ts_num_threads();
    [DllImport(Name)] internal static extern byte ts_set_num_threads(int threads);
    [DllImport(Name)] internal static extern int ts_interop_threads();
    [DllImport(Name)] internal static extern byte ts_set_interop_threads(int threads);
    [DllImport(Name)] internal static extern IntPtr ts_blas();
}
