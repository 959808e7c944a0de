using TorchSharp.Native;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    public sealed class Conv1d : Convolution
    {
        internal Conv1d(long inputs, long outputs, long[] kernel, Window window, bool hasBias, ScalarType? dtype)
            : base(nameof(Conv1d), inputs, window, [outputs, inputs / window.Groups, .. kernel], outputs, hasBias, dtype)
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
            Validate(input, 1);
            if (window.Named is not null)
                return Ops.conv1d_padding.Call(input, weight, bias, window.Stride, window.Named, window.Dilation, window.Groups);
            var padded = Padded(input, out var padding);
            return Ops.conv1d.Call(padded, weight, bias, window.Stride, padding, window.Dilation, window.Groups);
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Modules.Conv1d Conv1d(
                long in_channels, long out_channels, long kernelSize, long stride = 1, long padding = 0, long dilation = 1,
                PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true, Device device = null, ScalarType? dtype = null)
                => new(in_channels, out_channels, [kernelSize], new([stride], [padding], [dilation], groups, padding_mode), bias, dtype);

            public static Modules.Conv1d Conv1d(
                long in_channels, long out_channels, long kernelSize, Padding padding, long stride = 1, long dilation = 1,
                PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true, Device device = null, ScalarType? dtype = null)
                => new(in_channels, out_channels, [kernelSize], new([stride], new long[1], [dilation], groups, padding_mode, Named(padding)),
                    bias, dtype);

            private static string Named(Padding padding) => padding == Padding.Same ? "same" : "valid";

            private static long[] Pair((long, long)? pair, long otherwise)
                => pair is { } given ? [given.Item1, given.Item2] : [otherwise, otherwise];
        }
    }
}
