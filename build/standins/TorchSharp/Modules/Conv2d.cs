using TorchSharp.Native;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    public sealed class Conv2d : Convolution
    {
        internal Conv2d(long inputs, long outputs, long[] kernel, Window window, bool hasBias, ScalarType? dtype)
            : base(nameof(Conv2d), inputs, window, [outputs, inputs / window.Groups, .. kernel], outputs, hasBias, dtype)
        {
        }

        public Parameter weight
        {
            get => get_parameter(nameof(weight));
            set => ConditionallyRegisterParameter(nameof(weight), value);
        }

        public Parameter bias
        {
            get => get_parameter(nameof(bias));
            set => ConditionallyRegisterParameter(nameof(bias), value);
        }

        public override Tensor forward(Tensor input)
        {
            Validate(input, 2);
            if (window.Named is not null)
                return Ops.conv2d_padding.Call(input, weight, bias, window.Stride, window.Named, window.Dilation, window.Groups);
            var padded = Padded(input, out var padding);
            return Ops.conv2d.Call(padded, weight, bias, window.Stride, padding, window.Dilation, window.Groups);
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Modules.Conv2d Conv2d(
                long in_channels, long out_channels, long kernelSize, long stride = 1, long padding = 0, long dilation = 1,
                PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true, Device device = null, ScalarType? dtype = null)
                => new(in_channels, out_channels, [kernelSize, kernelSize], new([stride, stride], [padding, padding], [dilation, dilation],
                    groups, padding_mode), bias, dtype);

            public static Modules.Conv2d Conv2d(
                long in_channels, long out_channels, long kernelSize, Padding padding, long stride = 1, long dilation = 1,
                PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true, Device device = null, ScalarType? dtype = null)
                => new(in_channels, out_channels, [kernelSize, kernelSize], new([stride, stride], new long[2], [dilation, dilation], groups,
                    padding_mode, Named(padding)), bias, dtype);

            public static Modules.Conv2d Conv2d(
                long in_channels, long out_channels, (long, long) kernelSize, (long, long)? stride = null, (long, long)? padding = null,
                (long, long)? dilation = null, PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true,
                Device device = null, ScalarType? dtype = null)
                => new(in_channels, out_channels, Pair(kernelSize, 0), new(Pair(stride, 1), Pair(padding, 0), Pair(dilation, 1), groups,
                    padding_mode), bias, dtype);

            public static Modules.Conv2d Conv2d(
                long in_channels, long out_channels, (long, long) kernelSize, Padding padding, (long, long)? stride = null,
                (long, long)? dilation = null, PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true,
                Device device = null, ScalarType? dtype = null)
                => new(in_channels, out_channels, Pair(kernelSize, 0), new(Pair(stride, 1), new long[2], Pair(dilation, 1), groups,
                    padding_mode, Named(padding)), bias, dtype);
        }
    }
}
