using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    public sealed class LeakyReLU : nn.Module<Tensor, Tensor>
    {
        private readonly double slope;
        private readonly bool inplace;

        internal LeakyReLU(double slope, bool inplace)
            : base(nameof(LeakyReLU))
        {
            this.slope = slope;
            this.inplace = inplace;
        }

        public override Tensor forward(Tensor tensor) => nn.functional.leaky_relu(tensor, slope, inplace);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Modules.LeakyReLU LeakyReLU(double negative_slope = 0.01, bool inplace = false)
                => new(negative_slope, inplace);
        }
    }
}
