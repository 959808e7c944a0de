using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor sum(ScalarType? type = null) => Ops.sum.Call(this, type);

        public Tensor sum(long dim, bool keepdim = false, ScalarType? type = null) => Ops.sum_dim_IntList.Call(this, dim, keepdim, type);

        public Tensor sum(long dim0, long dim1, bool keepdim = false, ScalarType? type = null)
            => Ops.sum_dim_IntList.Call(this, (dim0, dim1), keepdim, type);

        public Tensor sum(long dim0, long dim1, long dim2, bool keepdim = false, ScalarType? type = null)
            => Ops.sum_dim_IntList.Call(this, (dim0, dim1, dim2), keepdim, type);

        public Tensor sum(ReadOnlySpan<long> dim, bool keepdim = false, ScalarType? type = null)
            => Ops.sum_dim_IntList.Call(this, dim, keepdim, type);

        public Tensor sum(long[] dim, bool keepdim = false, ScalarType? type = null) => Ops.sum_dim_IntList.Call(this, dim, keepdim, type);

        public Tensor mean() => Ops.mean.Call(this);

        public Tensor mean(long[] dimensions, bool keepdim = false, ScalarType? type = null) => Ops.mean_dim.Call(this, dimensions, keepdim, type);

        public Tensor nansum() => Ops.nansum.Call(this);

        public Tensor nanmean(int? dim = null, bool keepdim = false, ScalarType? dtype = null) => Ops.nanmean.Call(this, dim, keepdim, dtype);

        public Tensor prod(ScalarType? type = null) => Ops.prod.Call(this, type);

        public Tensor prod(long dim, bool keepdim = false, ScalarType? type = null) => Ops.prod_dim_int.Call(this, dim, keepdim, type);

        public Tensor median() => Ops.median.Call(this);

        public Tensor nanmedian() => Ops.nanmedian.Call(this);

        public Tensor quantile(Tensor q, long dim = -1, bool keepdim = false) => Ops.quantile.Call(this, q, dim == -1 ? null : (long?)dim, keepdim);

        public Tensor nanquantile(Tensor q, long dim = -1, bool keepdim = false)
            => Ops.nanquantile.Call(this, q, dim == -1 ? null : (long?)dim, keepdim);

        public Tensor max() => Ops.max.Call(this);

        public Tensor max(Tensor other) => Ops.max_other.Call(this, other);

        public (Tensor, Tensor) max(long dim, bool keepdim = false) => Ops.max_dim.Call2(this, dim, keepdim);

        public Tensor min() => Ops.min.Call(this);

        public Tensor min(Tensor other) => Ops.min_other.Call(this, other);

        public (Tensor, Tensor) min(long dim, bool keepdim = false) => Ops.min_dim.Call2(this, dim, keepdim);

        public Tensor amax(long[] dims, bool keepdim = false, Tensor @out = null) => Into(@out, Ops.amax.Call(this, dims, keepdim));

        public Tensor amax(ReadOnlySpan<long> dims, bool keepdim = false, Tensor @out = null) => Into(@out, Ops.amax.Call(this, dims, keepdim));

        public Tensor amax(params long[] dims) => Ops.amax.Call(this, dims);

        public Tensor amin(long[] dims, bool keepdim = false, Tensor @out = null) => Into(@out, Ops.amin.Call(this, dims, keepdim));

        public Tensor amin(ReadOnlySpan<long> dims, bool keepdim = false, Tensor @out = null) => Into(@out, Ops.amin.Call(this, dims, keepdim));

        public Tensor amin(params long[] dims) => Ops.amin.Call(this, dims);

        public (Tensor, Tensor) aminmax(long? dim = null, bool keepdim = false) => Ops.aminmax.Call2(this, dim, keepdim);

        public Tensor argmax() => Ops.argmax.Call(this);

        public Tensor argmax(long dim, bool keepdim = false) => Ops.argmax.Call(this, dim, keepdim);

        public Tensor argmin() => Ops.argmin.Call(this);

        public Tensor argmin(long dim, bool keepdim = false) => Ops.argmin.Call(this, dim, keepdim);

        public (Tensor, Tensor) mode(long dim = -1, bool keepdim = false) => Ops.mode.Call2(this, dim, keepdim);

        public (Tensor, Tensor) cummax(long dim) => Ops.cummax.Call2(this, dim);

        public (Tensor, Tensor) cummin(long dim) => Ops.cummin.Call2(this, dim);

        public (Tensor, Tensor) kthvalue(long k, long? dim, bool keepdim = false) => Ops.kthvalue.Call2(this, k, dim ?? -1, keepdim);

        public Tensor logsumexp(long dim, bool keepdim = false) => Ops.logsumexp.Call(this, dim, keepdim);

        public Tensor count_nonzero(long[] dims = null) => Ops.count_nonzero_dim_IntList.Call(this, dims ?? []);

        public Tensor norm(float p = 2) => Ops.norm_Scalar.Call(this, (double)p);

        public Tensor norm(int dim, bool keepdim = false, float p = 2) => Ops.norm_ScalarOpt_dim.Call(this, (double)p, (long)dim, keepdim);

        public Tensor histc(long bins = 100, long min = 0, long max = 0) => Ops.histc.Call(this, bins, min, max);

        public Tensor bincount(Tensor weights, long minlength = 0) => Ops.bincount.Call(this, weights, minlength);

        public Tensor corrcoef() => Ops.corrcoef.Call(this);

        public Tensor cov(long correction = 1, Tensor fweights = null, Tensor aweights = null) => Ops.cov.Call(this, correction, fweights, aweights);
    }
}
