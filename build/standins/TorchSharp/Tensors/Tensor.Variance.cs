using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor std(bool unbiased = true) => Ops.std.Call(this, unbiased);

        public Tensor std(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null)
            => Ops.std_dim.Call(Typed(type), dim, unbiased, keepdim);

        public Tensor std(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null)
            => Ops.std_dim.Call(Typed(type), dimensions, unbiased, keepdim);

        public Tensor std(ReadOnlySpan<long> dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null)
            => Ops.std_dim.Call(Typed(type), dimensions, unbiased, keepdim);

        public Tensor std((long, long) dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null)
            => Ops.std_dim.Call(Typed(type), dim, unbiased, keepdim);

        public Tensor std((long, long, long) dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null)
            => Ops.std_dim.Call(Typed(type), dim, unbiased, keepdim);

        public (Tensor, Tensor) std_mean(bool unbiased = true) => Ops.std_mean.Call2(this, unbiased);

        public (Tensor, Tensor) std_mean(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null)
            => Ops.std_mean_dim.Call2(Typed(type), dim, unbiased, keepdim);

        public (Tensor, Tensor) std_mean(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null)
            => Ops.std_mean_dim.Call2(Typed(type), dimensions, unbiased, keepdim);

        public (Tensor, Tensor) std_mean(ReadOnlySpan<long> dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null)
            => Ops.std_mean_dim.Call2(Typed(type), dimensions, unbiased, keepdim);

        public (Tensor, Tensor) std_mean((long, long) dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null)
            => Ops.std_mean_dim.Call2(Typed(type), dim, unbiased, keepdim);

        public (Tensor, Tensor) std_mean((long, long, long) dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null)
            => Ops.std_mean_dim.Call2(Typed(type), dim, unbiased, keepdim);

        public Tensor var(bool unbiased = true) => Ops.var.Call(this, unbiased);

        public Tensor var(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null)
            => Ops.var_dim.Call(Typed(type), dim, unbiased, keepdim);

        public Tensor var(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null)
            => Ops.var_dim.Call(Typed(type), dimensions, unbiased, keepdim);

        public Tensor var(ReadOnlySpan<long> dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null)
            => Ops.var_dim.Call(Typed(type), dimensions, unbiased, keepdim);

        public Tensor var((long, long) dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null)
            => Ops.var_dim.Call(Typed(type), dim, unbiased, keepdim);

        public Tensor var((long, long, long) dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null)
            => Ops.var_dim.Call(Typed(type), dim, unbiased, keepdim);

        public (Tensor, Tensor) var_mean(bool unbiased = true) => Ops.var_mean.Call2(this, unbiased);

        public (Tensor, Tensor) var_mean(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null)
            => Ops.var_mean_dim.Call2(Typed(type), dim, unbiased, keepdim);

        public (Tensor, Tensor) var_mean(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null)
            => Ops.var_mean_dim.Call2(Typed(type), dimensions, unbiased, keepdim);

        public (Tensor, Tensor) var_mean(ReadOnlySpan<long> dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null)
            => Ops.var_mean_dim.Call2(Typed(type), dimensions, unbiased, keepdim);

        public (Tensor, Tensor) var_mean((long, long) dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null)
            => Ops.var_mean_dim.Call2(Typed(type), dim, unbiased, keepdim);

        public (Tensor, Tensor) var_mean((long, long, long) dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null)
            => Ops.var_mean_dim.Call2(Typed(type), dim, unbiased, keepdim);

        public Tensor var(long[] dimensions, bool keepdim = false, ScalarType? type = null)
            => Ops.var_dim.Call(Typed(type), dimensions, true, keepdim);
    }
}
