using TorchSharp.Native;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    public sealed class AvgPool2d : nn.Module<Tensor, Tensor>
    {
        private readonly long[] kernel;
        private readonly long[] stride;
        private readonly long[] padding;
        private readonly bool ceil;
        private readonly bool countPadding;
        private readonly long? divisor;

        internal AvgPool2d(long[] kernel, long[] stride, long[] padding, bool ceil, bool countPadding, long? divisor)
            : base(nameof(AvgPool2d))
        {
            this.kernel = kernel;
            this.stride = stride ?? kernel;
            this.padding = padding ?? [0, 0];
            this.ceil = ceil;
            this.countPadding = countPadding;
            this.divisor = divisor;
        }

        public override Tensor forward(Tensor tensor) => Ops.avg_pool2d.Call(tensor, kernel, stride, padding, ceil, countPadding, divisor);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Modules.AvgPool2d AvgPool2d(
                long kernel_size, long? stride = null, long? padding = null, bool ceil_mode = false, bool count_include_pad = true,
                long? divisor_override = null)
                => new([kernel_size, kernel_size], Both(stride), Both(padding), ceil_mode, count_include_pad, divisor_override);

            public static Modules.AvgPool2d AvgPool2d(
                long[] kernel_size, long[] strides = null, long[] padding = null, bool ceil_mode = false, bool count_include_pad = true,
                long? divisor_override = null)
                => new(kernel_size, strides, padding, ceil_mode, count_include_pad, divisor_override);

            public static Modules.AvgPool2d AvgPool2d(
                (long, long) kernel_size, (long, long)? stride = null, (long, long)? padding = null, bool ceil_mode = false,
                bool count_include_pad = true, long? divisor_override = null)
                => new(Both(kernel_size), Both(stride), Both(padding), ceil_mode, count_include_pad, divisor_override);
        }
    }
}
