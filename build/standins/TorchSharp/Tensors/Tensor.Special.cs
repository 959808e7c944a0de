using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public static (Tensor, Tensor, Tensor) unique(
        Tensor input, bool sorted = true, bool return_inverse = false, bool return_counts = false, int? dim = null)
        => input.unique(sorted, return_inverse, return_counts, dim);

    public static (Tensor, Tensor, Tensor) unique_consecutive(
        Tensor input, bool return_inverse = false, bool return_counts = false, int? dim = null)
        => input.unique_consecutive(return_inverse, return_counts, dim);

    public partial class Tensor
    {
        /// <summary>The distinct values; what was not asked for is null.</summary>
        public (Tensor, Tensor, Tensor) unique(bool sorted = true, bool return_inverse = false, bool return_counts = false, int? dim = null)
            => Asked(
                dim is { } d
                    ? Ops.unique_dim.Call3(this, (long)d, sorted, return_inverse, return_counts)
                    : Ops._unique2.Call3(this, sorted, return_inverse, return_counts),
                return_inverse,
                return_counts);

        public (Tensor, Tensor, Tensor) unique_consecutive(bool return_inverse = false, bool return_counts = false, int? dim = null)
            => Asked(Ops.unique_consecutive.Call3(this, return_inverse, return_counts, dim), return_inverse, return_counts);

        private static (Tensor, Tensor, Tensor) Asked((Tensor, Tensor, Tensor) all, bool inverse, bool counts)
            => (all.Item1, Keep(all.Item2, inverse), Keep(all.Item3, counts));

        private long[] LastAxes(long count) => Enumerable.Range(0, (int)count).Select(i => dim() - count + i).ToArray();

        private static long[] FirstAxes(long count) => Enumerable.Range(0, (int)count).Select(i => (long)i).ToArray();

        private static Tensor Keep(Tensor tensor, bool wanted)
        {
            if (wanted)
                return tensor;
            tensor?.Dispose();
            return null;
        }
    }
}
