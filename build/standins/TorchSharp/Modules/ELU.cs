using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    public sealed class ELU : nn.Module<Tensor, Tensor>
    {
        private readonly double alpha;
        private readonly bool inplace;

        internal ELU(double alpha, bool inplace)
            : base(nameof(ELU))
        {
            this.alpha = alpha;
            this.inplace = inplace;
        }

        public override Tensor forward(Tensor tensor) => nn.functional.elu(tensor, alpha, inplace);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Modules.ELU ELU(double alpha = 1, bool inplace = false)
                => new(alpha, inplace);
        }
    }
}
