using TorchSharp.Native;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    public sealed class MaxPool2d : nn.Module<Tensor, Tensor>
    {
        private readonly long[] kernel;
        private readonly long[] stride;
        private readonly long[] padding;
        private readonly long[] dilation;
        private readonly bool ceil;

        internal MaxPool2d(long[] kernel, long[] stride, long[] padding, long[] dilation, bool ceil)
            : base(nameof(MaxPool2d))
        {
            this.kernel = kernel;
            this.stride = stride ?? kernel;
            this.padding = padding ?? [0, 0];
            this.dilation = dilation ?? [1, 1];
            this.ceil = ceil;
        }

        public override Tensor forward(Tensor tensor) => Ops.max_pool2d.Call(tensor, kernel, stride, padding, dilation, ceil);

        public (Tensor, Tensor) forward_with_indices(Tensor tensor)
            => Ops.max_pool2d_with_indices.Call2(tensor, kernel, stride, padding, dilation, ceil);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Modules.MaxPool2d MaxPool2d(
                long kernelSize, long? stride = null, long? padding = null, long? dilation = null, bool ceilMode = false)
                => new([kernelSize, kernelSize], Both(stride), Both(padding), Both(dilation), ceilMode);

            public static Modules.MaxPool2d MaxPool2d(
                long[] kernelSize, long[] strides = null, long[] padding = null, long[] dilation = null, bool ceilMode = false)
                => new(kernelSize, strides, padding, dilation, ceilMode);

            public static Modules.MaxPool2d MaxPool2d(
                (long, long) kernelSize, (long, long)? stride = null, (long, long)? padding = null, (long, long)? dilation = null,
                bool ceilMode = false)
                => new(Both(kernelSize), Both(stride), Both(padding), Both(dilation), ceilMode);

            private static long[] Both(long? size) => size is { } given ? [given, given] : null;

            private static long[] Both((long, long)? sizes) => sizes is { } given ? [given.Item1, given.Item2] : null;
        }
    }
}
