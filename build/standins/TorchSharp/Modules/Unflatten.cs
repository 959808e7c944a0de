using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    public sealed class Unflatten : nn.Module<Tensor, Tensor>
    {
        private readonly long dim;
        private readonly long[] sizes;

        internal Unflatten(long dim, long[] sizes)
            : base(nameof(Unflatten))
        {
            this.dim = dim;
            this.sizes = sizes;
        }

        public override Tensor forward(Tensor tensor) => tensor.unflatten(dim, sizes);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Modules.Unflatten Unflatten(long dim, long[] unflattenedSize)
                => new(dim, unflattenedSize);
        }
    }
}
