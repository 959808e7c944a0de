using TorchSharp.Native;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    public sealed class Softplus : nn.Module<Tensor, Tensor>
    {
        private readonly double beta;
        private readonly double threshold;

        internal Softplus(double beta, double threshold)
            : base(nameof(Softplus))
        {
            this.beta = beta;
            this.threshold = threshold;
        }

        public override Tensor forward(Tensor tensor) => Ops.softplus.Call(tensor, beta, threshold);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Modules.Softplus Softplus(double beta = 1, double threshold = 20)
                => new(beta, threshold);
        }
    }
}
