using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>What a convolution is besides its weights.</summary>
    internal sealed record Window(long[] Stride, long[] Padding, long[] Dilation, long Groups, PaddingModes Mode, string Named = null);

    public abstract class Convolution : nn.Module<Tensor, Tensor>
    {
        protected long input_channels;
        private protected readonly Window window;

        private protected Convolution(string name, long inputs, Window window, long[] weightShape, long outputs, bool hasBias, ScalarType? dtype)
            : base(name)
        {
            input_channels = inputs;
            this.window = window;
            Keep("weight", Initial.Kaiming(empty(weightShape, dtype)));
            if (hasBias)
                Keep("bias", Initial.Bias(empty([outputs], dtype), weightShape[1..].TotalSize()));
        }

        protected bool ValidateShape(Tensor input, long dimensions)
            => (input.ndim == dimensions + 2 && input.size(1) == input_channels) || (input.ndim == dimensions + 1 && input.size(0) == input_channels);

        private protected void Validate(Tensor input, long dimensions)
        {
            if (!ValidateShape(input, dimensions))
                throw new ArgumentException($"Expected a {dimensions + 2}D tensor with {input_channels} channels, got [{string.Join(',',
                input.shape)}].");
        }

        /// <summary>Pads by a mode other than zeros; what then is left to the operator is no padding.</summary>
        private protected Tensor Padded(Tensor input, out long[] rest)
        {
            rest = window.Padding;
            if (window.Mode == PaddingModes.Zeros || rest.All(size => size == 0))
                return input;
            var sides = window.Padding.Reverse().SelectMany(size => new[] { size, size }).ToArray();
            rest = new long[sides.Length / 2];
            return nn.functional.pad(input, sides, window.Mode);
        }
    }
}
