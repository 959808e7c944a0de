using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    public sealed class AdaptiveAvgPool2d : nn.Module<Tensor, Tensor>
    {
        private readonly long[] size;

        internal AdaptiveAvgPool2d(long[] size)
            : base(nameof(AdaptiveAvgPool2d))
            => this.size = size;

        public override Tensor forward(Tensor tensor) => nn.functional.adaptive_avg_pool2d(tensor, size);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Modules.AdaptiveAvgPool2d AdaptiveAvgPool2d(long outputSize)
                => new([outputSize, outputSize]);

            public static Modules.AdaptiveAvgPool2d AdaptiveAvgPool2d(long[] outputSize)
                => new(outputSize);

            public static Modules.AdaptiveAvgPool2d AdaptiveAvgPool2d((long, long) outputSize)
                => new(Both(outputSize));
        }
    }
}
