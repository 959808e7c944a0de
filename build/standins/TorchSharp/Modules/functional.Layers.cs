using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            public static Tensor linear(Tensor input, Tensor weights, Tensor bias = null) => Ops.linear.Call(input, weights, bias);

            public static Tensor conv1d(
                Tensor input, Tensor weight, Tensor bias = null, long? stride = null, long? padding = null, long? dilation = null, long groups = 1)
                => Ops.conv1d.Call(input, weight, bias, stride ?? 1, padding ?? 0, dilation ?? 1, groups);

            public static Tensor conv2d(
                Tensor input, Tensor weight, Tensor bias = null, long[] strides = null, long[] padding = null, long[] dilation = null,
                long groups = 1)
                => Ops.conv2d.Call(input, weight, bias, strides ?? [1], padding ?? [0], dilation ?? [1], groups);

            public static Tensor conv_transpose2d(
                Tensor input, Tensor weight, Tensor bias = null, long[] strides = null, long[] padding = null, long[] output_padding = null,
                long[] dilation = null, long groups = 1)
                => Ops.conv_transpose2d_input.Call(input, weight, bias, strides ?? [1], padding ?? [0], output_padding ?? [0], groups,
                    dilation ?? [1]);

            public static Tensor max_pool2d(
                Tensor input, long kernelSize, long? stride = null, long? padding = null, long? dilation = null, bool ceil_mode = false)
                => Ops.max_pool2d.Call(input, kernelSize, stride ?? kernelSize, padding ?? 0, dilation ?? 1, ceil_mode);

            public static Tensor max_pool2d(
                Tensor input, long[] kernelSize, long[] strides = null, long[] padding = null, long[] dilation = null, bool ceil_mode = false)
                => Ops.max_pool2d.Call(input, kernelSize, strides ?? kernelSize, padding ?? [0], dilation ?? [1], ceil_mode);

            public static Tensor max_pool2d(
                Tensor input, (long, long) kernelSize, (long, long)? stride = null, (long, long)? padding = null,
                (long, long)? dilation = null, bool ceil_mode = false)
                => Ops.max_pool2d.Call(input, kernelSize, stride ?? kernelSize, padding ?? (0, 0), dilation ?? (1, 1), ceil_mode);

            public static (
                Tensor, Tensor) max_pool2d_with_indices(Tensor input, long[] kernelSize, long[] strides = null, long[] padding = null,
                long[] dilation = null, bool ceil_mode = false)
                => Ops.max_pool2d_with_indices.Call2(input, kernelSize, strides ?? kernelSize, padding ?? [0], dilation ?? [1], ceil_mode);

            public static Tensor avg_pool2d(
                Tensor input, long kernelSize, long? stride = null, long padding = 0, bool ceil_mode = false, bool count_include_pad = true)
                => Ops.avg_pool2d.Call(input, kernelSize, stride ?? kernelSize, padding, ceil_mode, count_include_pad);

            public static Tensor avg_pool2d(
                Tensor input, long[] kernelSizes, long[] strides = null, long[] paddings = null, bool ceil_mode = false,
                bool count_include_pad = true)
                => Ops.avg_pool2d.Call(input, kernelSizes, strides ?? kernelSizes, paddings ?? [0], ceil_mode, count_include_pad);

            public static Tensor avg_pool2d(
                Tensor input, (long, long) kernelSize, (long, long)? stride = null, (long, long)? padding = null, bool ceil_mode = false,
                bool count_include_pad = true)
                => Ops.avg_pool2d.Call(input, kernelSize, stride ?? kernelSize, padding ?? (0, 0), ceil_mode, count_include_pad);

            public static Tensor adaptive_avg_pool2d(Tensor input, long output_size) => adaptive_avg_pool2d(input, [output_size, output_size]);

            public static Tensor adaptive_avg_pool2d(Tensor input, long[] output_size) => Ops.adaptive_avg_pool2d.Call(input, output_size);

            public static Tensor adaptive_avg_pool2d(Tensor input, (long, long) output_size) => Ops.adaptive_avg_pool2d.Call(input, output_size);

            public static Tensor batch_norm(
                Tensor input, Tensor running_mean, Tensor running_var, Tensor weight = null, Tensor bias = null, bool training = false,
                double momentum = 0.1, double eps = 1e-5)
                => Ops.batch_norm.Call(input, weight, bias, running_mean, running_var, training, momentum, eps, true);

            public static Tensor layer_norm(Tensor input, long[] normalized_shape, Tensor weight = null, Tensor bias = null, double eps = 1e-5)
                => Ops.layer_norm.Call(input, normalized_shape, weight, bias, eps);

            public static Tensor pad(Tensor input, long pad, PaddingModes mode = PaddingModes.Constant, double value = 0)
                => Padded(input, [pad, pad], mode, value);

            public static Tensor pad(Tensor input, long[] pad, PaddingModes mode = PaddingModes.Constant, double value = 0)
                => Padded(input, pad, mode, value);

            public static Tensor pad(Tensor input, ReadOnlySpan<long> pad, PaddingModes mode = PaddingModes.Constant, double value = 0)
                => Padded(input, pad.ToArray(), mode, value);

            public static Tensor pad(Tensor input, (long, long) pad, PaddingModes mode = PaddingModes.Constant, double value = 0)
                => Padded(input, [pad.Item1, pad.Item2], mode, value);

            public static Tensor pad(Tensor input, (long, long, long, long) pad, PaddingModes mode = PaddingModes.Constant, double value = 0)
                => Padded(input, [pad.Item1, pad.Item2, pad.Item3, pad.Item4], mode, value);

            public static Tensor affine_grid(Tensor theta, long[] size = null, bool align_corners = false)
                => Ops.affine_grid_generator.Call(theta, size, align_corners);

            public static Tensor grid_sample(
                Tensor input, Tensor grid, GridSampleMode mode = GridSampleMode.Bilinear,
                GridSamplePaddingMode padding_mode = GridSamplePaddingMode.Zeros, bool? align_corners = null)
                => Ops.grid_sampler.Call(input, grid, mode == GridSampleMode.Bilinear ? 0L : 1L, Code(padding_mode), align_corners ?? false);

            private static Tensor Padded(Tensor input, long[] pad, PaddingModes mode, double value) => mode switch
            {
                PaddingModes.Reflect => Ops.pad.Call(input, pad, "reflect"),
                PaddingModes.Replicate => Ops.pad.Call(input, pad, "replicate"),
                PaddingModes.Circular => Ops.pad.Call(input, pad, "circular"),
                _ => Ops.pad.Call(input, pad, "constant", value),
            };

            private static long Code(GridSamplePaddingMode mode) => mode switch
            {
                GridSamplePaddingMode.Zeros => 0,
                GridSamplePaddingMode.Border => 1,
                _ => 2,
            };
        }
    }
}
