using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            public static Tensor interpolate(
                Tensor x,
                long[] size = null,
                double[] scale_factor = null,
                InterpolationMode mode = InterpolationMode.Nearest,
                bool? align_corners = null,
                bool recompute_scale_factor = false)
            {
                var dimensions = (int)x.ndim - 2;
                var factors = scale_factor is { Length: 1 } ? Enumerable.Repeat(scale_factor[0], dimensions).ToArray() : scale_factor;
                var align = align_corners ?? false;
                return (mode, dimensions) switch
                {
                    (InterpolationMode.Nearest, 1) => Ops.upsample_nearest1d_vec.Call(x, size, factors),
                    (InterpolationMode.Nearest, 2) => Ops.upsample_nearest2d_vec.Call(x, size, factors),
                    (InterpolationMode.Nearest, 3) => Ops.upsample_nearest3d_vec.Call(x, size, factors),
                    (InterpolationMode.Linear, 1) => Ops.upsample_linear1d_vec.Call(x, size, align, factors),
                    (InterpolationMode.Bilinear, 2) => Ops.upsample_bilinear2d_vec.Call(x, size, align, factors),
                    (InterpolationMode.Bicubic, 2) => Ops.upsample_bicubic2d_vec.Call(x, size, align, factors),
                    (InterpolationMode.Area, 2) => adaptive_avg_pool2d(x, size ?? Scaled(x, factors)),
                    _ => throw new ArgumentException($"Interpolation mode {mode} does not take an input of {x.ndim} dimensions."),
                };
            }

            private static long[] Scaled(Tensor x, double[] factors)
                => factors.Select((factor, i) => (long)Math.Floor(x.size(i + 2) * factor)).ToArray();
        }
    }
}
