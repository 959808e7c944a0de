using TorchSharp.Native;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    public sealed class ConvTranspose2d : Convolution
    {
        private readonly long[] outputPadding;

        internal ConvTranspose2d(long inputs, long outputs, long[] kernel, Window window, long[] outputPadding, bool hasBias, ScalarType? dtype)
            : base(nameof(ConvTranspose2d), inputs, window, [inputs, outputs / window.Groups, .. kernel], outputs, hasBias, dtype)
        {
            if (window.Mode != PaddingModes.Zeros)
                throw new ArgumentException("Only \"zeros\" padding mode is supported for ConvTranspose2d.");
            this.outputPadding = outputPadding;
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
            return Ops.conv_transpose2d_input.Call(
                input, weight, bias, window.Stride, window.Padding, outputPadding, window.Groups, window.Dilation);
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Modules.ConvTranspose2d ConvTranspose2d(
                long in_channels, long out_channels, long kernelSize, long stride = 1, long padding = 0, long output_padding = 0,
                long dilation = 1, PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true, Device device = null,
                ScalarType? dtype = null)
                => new(in_channels, out_channels, [kernelSize, kernelSize], new([stride, stride], [padding, padding], [dilation, dilation],
                    groups, padding_mode), [output_padding, output_padding], bias, dtype);

            public static Modules.ConvTranspose2d ConvTranspose2d(
                long in_channels, long out_channels, (long, long) kernelSize, (long, long)? stride = null, (long, long)? padding = null,
                (long, long)? output_padding = null, (long, long)? dilation = null, PaddingModes padding_mode = PaddingModes.Zeros,
                long groups = 1, bool bias = true, Device device = null, ScalarType? dtype = null)
                => new(in_channels, out_channels, Pair(kernelSize, 0), new(Pair(stride, 1), Pair(padding, 0), Pair(dilation, 1), groups,
                    padding_mode), Pair(output_padding, 0), bias, dtype);
        }
    }
}
