using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public static Generator manual_seed(long seed) => Generator.Default.manual_seed(seed);

    public static long initial_seed() => Generator.Default.initial_seed();

    public static long seed() => Generator.Default.seed();

    public static Tensor get_rng_state() => Generator.Default.get_state();

    public static void set_rng_state(Tensor new_state) => Generator.Default.set_state(new_state);

    public static class random
    {
        public static Generator manual_seed(long seed) => torch.manual_seed(seed);

        public static long initial_seed() => torch.initial_seed();

        public static long seed() => torch.seed();

        public static Tensor get_rng_state() => torch.get_rng_state();

        public static void set_rng_state(Tensor new_state) => torch.set_rng_state(new_state);
    }

    public class Generator : IDisposable
    {
        private static readonly Lazy<Generator> DefaultGenerator =
            new(() => new Generator(Library.Check(Library.ts_generator_default())));

        private IntPtr handle;

        public Generator(ulong seed = 0, Device device = null)
            : this(Library.Check(Library.ts_generator(seed)))
        {
            this.device = InitializeDevice(device);
        }

        private Generator(IntPtr handle)
        {
            this.handle = handle;
            device = CPU;
        }

        ~Generator() => Dispose(false);

        public static Generator Default => DefaultGenerator.Value;

        public Device device { get; }

        public IntPtr Handle => handle != IntPtr.Zero ? handle : throw new ObjectDisposedException(nameof(Generator));

        public Generator manual_seed(long seed)
        {
            Library.Check(Library.ts_generator_seed(Handle, (ulong)seed));
            return this;
        }

        public long seed()
        {
            var fresh = System.Random.Shared.NextInt64();
            manual_seed(fresh);
            return fresh;
        }

        public long initial_seed() => (long)Library.ts_generator_current_seed(Handle);

        public Tensor get_state() => Tensor.Own(Library.Check(Library.ts_generator_state(Handle)));

        public void set_state(Tensor value)
        {
            Library.Check(Library.ts_generator_set_state(Handle, value.Handle));
            GC.KeepAlive(value);
        }

        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        protected virtual void Dispose(bool disposing)
        {
            var old = Interlocked.Exchange(ref handle, IntPtr.Zero);
            if (old != IntPtr.Zero)
                Library.ts_generator_free(old);
        }
    }
}
