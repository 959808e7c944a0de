using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    public sealed class LogSoftmax : nn.Module<Tensor, Tensor>
    {
        private readonly long dim;

        internal LogSoftmax(long dim)
            : base(nameof(LogSoftmax))
        {
            this.dim = dim;
        }

        public override Tensor forward(Tensor tensor) => tensor.log_softmax(dim);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Modules.LogSoftmax LogSoftmax(long dim)
                => new(dim);
        }
    }
}
