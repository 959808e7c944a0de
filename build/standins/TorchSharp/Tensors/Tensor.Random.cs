using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor normal_(double mean = 0, double std = 1, Generator generator = null) => Ops.normal_.Apply(this, mean, std, generator);

        public Tensor uniform_(double from, double to, Generator generator = null) => Ops.uniform_.Apply(this, from, to, generator);

        public Tensor exponential_(double lambda = 1, Generator generator = null) => Ops.exponential_.Apply(this, lambda, generator);

        public Tensor log_normal_(double mean = 0, double std = 1, Generator generator = null) => Ops.log_normal_.Apply(this, mean, std, generator);

        public Tensor cauchy_(double median = 0, double sigma = 1, Generator generator = null) => Ops.cauchy_.Apply(this, median, sigma, generator);

        public Tensor geometric_(double p, Generator generator = null) => Ops.geometric_.Apply(this, p, generator);

        public Tensor bernoulli_(double p = 0.5, Generator generator = null) => Ops.bernoulli__float.Apply(this, p, generator);

        public Tensor bernoulli_(Tensor p, Generator generator = null) => Ops.bernoulli__Tensor.Apply(this, p, generator);

        public Tensor bernoulli(Generator generator = null) => Ops.bernoulli.Call(this, generator);

        public Tensor multinomial(long num_samples, bool replacement = false, Generator generator = null)
            => Ops.multinomial.Call(this, num_samples, replacement, generator);

        public Tensor poisson(Generator generator = null) => Ops.poisson.Call(this, generator);

        public Tensor rand_like(ScalarType? dtype = null, Device device = null, bool requires_grad = false)
            => Ops.rand_like.Call(this, dtype, Arg.None, device).Requiring(requires_grad);

        public Tensor randn_like(ScalarType? dtype = null, Device device = null, bool requires_grad = false)
            => Ops.randn_like.Call(this, dtype, Arg.None, device).Requiring(requires_grad);

        public Tensor zeros_like(ScalarType? dtype = null, Device device = null, bool requires_grad = false)
            => Ops.zeros_like.Call(this, dtype, Arg.None, device).Requiring(requires_grad);

        public Tensor ones_like(ScalarType? dtype = null, Device device = null, bool requires_grad = false)
            => Ops.ones_like.Call(this, dtype, Arg.None, device).Requiring(requires_grad);

        public Tensor empty_like(ScalarType? dtype = null, Device device = null, bool requires_grad = false)
            => Ops.empty_like.Call(this, dtype, Arg.None, device).Requiring(requires_grad);

        public Tensor full_like(Scalar value, ScalarType? dtype = null, Device device = null, bool requires_grad = false)
            => Ops.full_like.Call(this, value, dtype, Arg.None, device).Requiring(requires_grad);

        public Tensor randint_like(long low, long high, ScalarType? dtype = null, Device device = null, bool requires_grad = false)
            => Ops.randint_like_low_dtype.Call(this, low, high, dtype, Arg.None, device).Requiring(requires_grad);

        public Tensor new_zeros(long[] size, ScalarType? dtype = null, Device device = null, bool requires_grad = false)
            => Ops.new_zeros.Call(this, size, dtype, Arg.None, device).Requiring(requires_grad);

        public Tensor new_zeros(ReadOnlySpan<long> size, ScalarType? dtype = null, Device device = null, bool requires_grad = false)
            => Ops.new_zeros.Call(this, size, dtype, Arg.None, device).Requiring(requires_grad);

        public Tensor new_zeros(long size, ScalarType? dtype = null, Device device = null, bool requires_grad = false)
            => Ops.new_zeros.Call(this, size, dtype, Arg.None, device).Requiring(requires_grad);

        public Tensor new_zeros(long rows, long columns, ScalarType? dtype = null, Device device = null, bool requires_grad = false)
            => Ops.new_zeros.Call(this, (rows, columns), dtype, Arg.None, device).Requiring(requires_grad);

        public Tensor new_ones(long size, ScalarType? dtype = null, Device device = null, bool requires_grad = false)
            => Ops.new_ones.Call(this, size, dtype, Arg.None, device).Requiring(requires_grad);

        public Tensor new_ones(long rows, long columns, ScalarType? dtype = null, Device device = null, bool requires_grad = false)
            => Ops.new_ones.Call(this, (rows, columns), dtype, Arg.None, device).Requiring(requires_grad);

        public Tensor new_empty(long[] size, ScalarType? dtype = null, Device device = null, bool requires_grad = false)
            => Ops.new_empty.Call(this, size, dtype, Arg.None, device).Requiring(requires_grad);

        public Tensor new_empty(ReadOnlySpan<long> size, ScalarType? dtype = null, Device device = null, bool requires_grad = false)
            => Ops.new_empty.Call(this, size, dtype, Arg.None, device).Requiring(requires_grad);

        public Tensor new_empty(long size, ScalarType? dtype = null, Device device = null, bool requires_grad = false)
            => Ops.new_empty.Call(this, size, dtype, Arg.None, device).Requiring(requires_grad);

        public Tensor new_empty(long rows, long columns, ScalarType? dtype = null, Device device = null, bool requires_grad = false)
            => Ops.new_empty.Call(this, (rows, columns), dtype, Arg.None, device).Requiring(requires_grad);

        public Tensor new_full(long[] size, Scalar value, ScalarType? dtype = null, Device device = null, bool requires_grad = false)
            => Ops.new_full.Call(this, size, value, dtype, Arg.None, device).Requiring(requires_grad);

        public Tensor new_full(ReadOnlySpan<long> size, Scalar value, ScalarType? dtype = null, Device device = null, bool requires_grad = false)
            => Ops.new_full.Call(this, size, value, dtype, Arg.None, device).Requiring(requires_grad);

        public Tensor new_full(long size, Scalar value, ScalarType? dtype = null, Device device = null, bool requires_grad = false)
            => Ops.new_full.Call(this, size, value, dtype, Arg.None, device).Requiring(requires_grad);

        public Tensor random_(double from, double to, Generator generator = null) => Ops.random__from.Apply(this, (long)from, (long)to, generator);
    }
}
