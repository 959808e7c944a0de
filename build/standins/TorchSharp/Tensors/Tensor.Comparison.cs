using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor eq(Scalar target) => Ops.eq_Scalar.Call(this, target);

        public Tensor eq(Tensor target) => Ops.eq_Tensor.Call(this, target);

        public Tensor eq_(Scalar target) => Ops.eq__Scalar.Apply(this, target);

        public Tensor eq_(Tensor target) => Ops.eq__Tensor.Apply(this, target);

        public Tensor ne(Scalar target) => Ops.ne_Scalar.Call(this, target);

        public Tensor ne(Tensor target) => Ops.ne_Tensor.Call(this, target);

        public Tensor ne_(Scalar target) => Ops.ne__Scalar.Apply(this, target);

        public Tensor ne_(Tensor target) => Ops.ne__Tensor.Apply(this, target);

        public Tensor lt(Scalar target) => Ops.lt_Scalar.Call(this, target);

        public Tensor lt(Tensor target) => Ops.lt_Tensor.Call(this, target);

        public Tensor lt_(Scalar target) => Ops.lt__Scalar.Apply(this, target);

        public Tensor lt_(Tensor target) => Ops.lt__Tensor.Apply(this, target);

        public Tensor le(Scalar target) => Ops.le_Scalar.Call(this, target);

        public Tensor le(Tensor target) => Ops.le_Tensor.Call(this, target);

        public Tensor le_(Scalar target) => Ops.le__Scalar.Apply(this, target);

        public Tensor le_(Tensor target) => Ops.le__Tensor.Apply(this, target);

        public Tensor gt(Scalar target) => Ops.gt_Scalar.Call(this, target);

        public Tensor gt(Tensor target) => Ops.gt_Tensor.Call(this, target);

        public Tensor gt_(Scalar target) => Ops.gt__Scalar.Apply(this, target);

        public Tensor gt_(Tensor target) => Ops.gt__Tensor.Apply(this, target);

        public Tensor ge(Scalar target) => Ops.ge_Scalar.Call(this, target);

        public Tensor ge(Tensor target) => Ops.ge_Tensor.Call(this, target);

        public Tensor ge_(Scalar target) => Ops.ge__Scalar.Apply(this, target);

        public Tensor ge_(Tensor target) => Ops.ge__Tensor.Apply(this, target);

        public Tensor less_equal_(Tensor target) => le_(target);

        public Tensor not_equal_(Tensor target) => ne_(target);

        public Tensor equal(Tensor target) => eq(target);

        public Tensor not_equal(Tensor target) => ne(target);

        public Tensor greater(Tensor target) => gt(target);

        public Tensor greater_equal(Tensor target) => ge(target);

        public Tensor less(Tensor target) => lt(target);

        public Tensor less_equal(Tensor target) => le(target);

        public Tensor logical_and(Tensor other) => Ops.logical_and.Call(this, other);

        public Tensor logical_or(Tensor other) => Ops.logical_or.Call(this, other);

        public Tensor logical_xor(Tensor other) => Ops.logical_xor.Call(this, other);

        public Tensor logical_and_(Tensor other) => Ops.logical_and_.Apply(this, other);

        public Tensor logical_or_(Tensor other) => Ops.logical_or_.Apply(this, other);

        public Tensor logical_xor_(Tensor other) => Ops.logical_xor_.Apply(this, other);

        public bool allclose(Tensor target, double rtol = 1e-5, double atol = 1e-8, bool equal_nan = false)
            => Ops.allclose.CallBool(this, target, rtol, atol, equal_nan);

        public bool Equals(Tensor target) => Ops.equal.CallBool(this, target);

        public bool is_nonzero() => Ops.is_nonzero.CallBool(this);

        public Tensor all() => Ops.all.Call(this);

        public Tensor all(long dim, bool keepdim = false) => Ops.all_dim.Call(this, dim, keepdim);

        public Tensor any() => Ops.any.Call(this);

        public Tensor any(long dim, bool keepdim = false) => Ops.any_dim.Call(this, dim, keepdim);

        public Tensor where(Tensor condition, Tensor y) => Ops.where_self.Call(condition, this, y);

        public Tensor isin(Tensor test_elements, bool assumeUnique = false, bool invert = false)
            => Ops.isin_Tensor_Tensor.Call(this, test_elements, assumeUnique, invert);

        public Tensor bucketize(Tensor boundaries, bool outInt32 = false, bool right = false)
            => Ops.bucketize_Tensor.Call(this, boundaries, outInt32, right);
    }
}
