using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor : IDisposable
    {
        private static long totalCount;
        private static long peakCount;
        private IntPtr handle;

        internal Tensor(IntPtr handle)
        {
            this.handle = handle;
            var total = Interlocked.Increment(ref totalCount);
            if (total > Volatile.Read(ref peakCount))
                Volatile.Write(ref peakCount, total);
            OwningDisposeScope = DisposeScopeManager.Current.Register(this);
        }

        ~Tensor() => Dispose(false);

        public static long TotalCount => Interlocked.Read(ref totalCount);

        public static long PeakCount => Interlocked.Read(ref peakCount);

        public IntPtr Handle => handle != IntPtr.Zero ? handle : throw new InvalidOperationException("Tensor invalid -- empty handle.");

        public bool IsInvalid => handle == IntPtr.Zero;

        internal DisposeScope OwningDisposeScope { get; set; }

        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        protected virtual void Dispose(bool disposing)
        {
            var old = Interlocked.Exchange(ref handle, IntPtr.Zero);
            if (old == IntPtr.Zero)
                return;
            Library.ts_free(old);
            Interlocked.Decrement(ref totalCount);
            if (!disposing)
                return;
            OwningDisposeScope?.MarkAsDisposed(this);
            OwningDisposeScope = null;
        }

        public IntPtr DecoupleFromNativeHandle()
        {
            GC.SuppressFinalize(this);
            var old = Interlocked.Exchange(ref handle, IntPtr.Zero);
            if (old != IntPtr.Zero)
                Interlocked.Decrement(ref totalCount);
            return old;
        }

        internal IntPtr Decouple(out DisposeScope scope)
        {
            scope = OwningDisposeScope;
            scope?.Detach(this);
            return DecoupleFromNativeHandle();
        }

        public Tensor MoveToOuterDisposeScope()
        {
            OwningDisposeScope?.MoveToOuter(this);
            return this;
        }

        public Tensor MoveToOtherDisposeScope(Tensor other) => MoveToOtherDisposeScope(other.OwningDisposeScope);

        public Tensor MoveToOtherDisposeScope(DisposeScope other)
        {
            if (OwningDisposeScope is not null)
                OwningDisposeScope.MoveToOther(other, this);
            else
                other?.Attach(this);
            return this;
        }

        public Tensor DetachFromDisposeScope()
        {
            OwningDisposeScope?.Detach(this);
            return this;
        }

        public Tensor DetatchFromDisposeScope() => DetachFromDisposeScope();

        public static Tensor UnsafeCreateTensor(IntPtr handle) => Own(handle);

        /// <summary>Wraps a native tensor that the caller owns; null for an undefined one.</summary>
        internal static Tensor Own(IntPtr handle) => handle == IntPtr.Zero ? null : new Tensor(handle);

        internal static unsafe Tensor[] OwnAll(Value* results, int count)
        {
            // Copied first: freeing a tensor while wrapping could run native code on this thread.
            var handles = new IntPtr[count];
            for (var i = 0; i < count; i++)
                handles[i] = results[i].Pointer;
            return Array.ConvertAll(handles, Own);
        }
    }
}
