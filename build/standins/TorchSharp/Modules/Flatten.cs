using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    public sealed class Flatten : nn.Module<Tensor, Tensor>
    {
        private readonly long start;
        private readonly long end;

        internal Flatten(long start, long end)
            : base(nameof(Flatten))
        {
            this.start = start;
            this.end = end;
        }

        public override Tensor forward(Tensor tensor) => tensor.flatten(start, end);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Modules.Flatten Flatten(long startDim = 1, long endDim = -1)
                => new(startDim, endDim);
        }
    }
}
