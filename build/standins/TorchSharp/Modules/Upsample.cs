using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    public sealed class Upsample : nn.Module<Tensor, Tensor>
    {
        private readonly long[] sizes;
        private readonly double[] factors;

        internal Upsample(long[] size, double[] factors, UpsampleMode mode, bool? align)
            : base(nameof(Upsample))
        {
            sizes = size;
            this.factors = factors;
            this.mode = mode;
            align_corners = align;
        }

        public ReadOnlySpan<long> size => sizes;

        public ReadOnlySpan<double> scale_factor => factors;

        public UpsampleMode mode { get; }

        public bool? align_corners { get; }

        public override Tensor forward(Tensor tensor)
            => nn.functional.interpolate(tensor, sizes, factors, (InterpolationMode)mode, align_corners);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Modules.Upsample Upsample(
                long[] size = null, double[] scale_factor = null, UpsampleMode mode = UpsampleMode.Nearest, bool? align_corners = null)
                => new(size, scale_factor, mode, align_corners);
        }
    }
}
