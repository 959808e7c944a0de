using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor atan2_(Tensor other) => Ops.atan2_.Apply(this, other);

        public Tensor gcd_(Tensor other) => Ops.gcd_.Apply(this, other);

        public Tensor lcm_(Tensor other) => Ops.lcm_.Apply(this, other);

        public Tensor ldexp_(Tensor other) => Ops.ldexp_.Apply(this, other);

        public Tensor gcd(Tensor other) => Ops.gcd.Call(this, other);

        public Tensor lcm(Tensor other) => Ops.lcm.Call(this, other);

        public Tensor nextafter(Tensor other) => Ops.nextafter.Call(this, other);

        public Tensor igamma(Tensor other) => Ops.igamma.Call(this, other);

        public Tensor igammac(Tensor other) => Ops.igammac.Call(this, other);

        public Tensor ldexp(Tensor other) => Ops.ldexp_Tensor.Call(this, other);

        public Tensor xlogy_(Scalar y) => Ops.xlogy__Scalar_Other.Apply(this, y);

        public Tensor xlogy_(Tensor y) => Ops.xlogy__Tensor.Apply(this, y);

        public Tensor float_power(Tensor target) => Ops.float_power_Tensor_Tensor.Call(this, target);

        public Tensor bitwise_left_shift_(Tensor other) => Ops.bitwise_left_shift__Tensor.Apply(this, other);

        public Tensor bitwise_right_shift_(Tensor other) => Ops.bitwise_right_shift__Tensor.Apply(this, other);

        public Tensor add(Scalar scalar) => Ops.add_Scalar.Call(this, scalar);

        public Tensor add(Scalar scalar, Scalar alpha) => Ops.add_Scalar.Call(this, scalar, alpha);

        public Tensor add(Tensor target) => Ops.add_Tensor.Call(this, target);

        public Tensor add(Tensor target, Scalar alpha) => Ops.add_Tensor.Call(this, target, alpha);

        public Tensor add_(Scalar scalar) => Ops.add__Scalar.Apply(this, scalar);

        public Tensor add_(Scalar scalar, Scalar alpha) => Ops.add__Scalar.Apply(this, scalar, alpha);

        public Tensor add_(Tensor target) => Ops.add__Tensor.Apply(this, target);

        public Tensor add_(Tensor target, Scalar alpha) => Ops.add__Tensor.Apply(this, target, alpha);

        public Tensor sub(Scalar target) => Ops.sub_Scalar.Call(this, target);

        public Tensor mul(Scalar target) => Ops.mul_Scalar.Call(this, target);

        public Tensor fmod(Scalar scalar) => Ops.fmod_Scalar.Call(this, scalar);

        public Tensor remainder(Scalar scalar) => Ops.remainder_Scalar.Call(this, scalar);

        public Tensor multiply(Scalar target) => Ops.multiply_Scalar.Call(this, target);

        public Tensor subtract(Scalar target) => Ops.subtract_Scalar.Call(this, target);

        public Tensor floor_divide(Scalar other) => Ops.floor_divide_Scalar.Call(this, other);

        public Tensor xlogy(Scalar y) => Ops.xlogy_Scalar_Other.Call(this, y);

        public Tensor sub(Tensor target) => Ops.sub_Tensor.Call(this, target);

        public Tensor mul(Tensor target) => Ops.mul_Tensor.Call(this, target);

        public Tensor fmod(Tensor target) => Ops.fmod_Tensor.Call(this, target);

        public Tensor remainder(Tensor target) => Ops.remainder_Tensor.Call(this, target);

        public Tensor multiply(Tensor target) => Ops.multiply_Tensor.Call(this, target);

        public Tensor subtract(Tensor target) => Ops.subtract_Tensor.Call(this, target);

        public Tensor floor_divide(Tensor other) => Ops.floor_divide.Call(this, other);

        public Tensor sub_(Scalar target) => Ops.sub__Scalar.Apply(this, target);

        public Tensor mul_(Scalar target) => Ops.mul__Scalar.Apply(this, target);

        public Tensor fmod_(Scalar scalar) => Ops.fmod__Scalar.Apply(this, scalar);

        public Tensor remainder_(Scalar scalar) => Ops.remainder__Scalar.Apply(this, scalar);

        public Tensor subtract_(Scalar target) => Ops.subtract__Scalar.Apply(this, target);

        public Tensor floor_divide_(Scalar other) => Ops.floor_divide__Scalar.Apply(this, other);

        public Tensor sub_(Tensor target) => Ops.sub__Tensor.Apply(this, target);

        public Tensor mul_(Tensor target) => Ops.mul__Tensor.Apply(this, target);

        public Tensor fmod_(Tensor target) => Ops.fmod__Tensor.Apply(this, target);

        public Tensor remainder_(Tensor target) => Ops.remainder__Tensor.Apply(this, target);

        public Tensor subtract_(Tensor target) => Ops.subtract__Tensor.Apply(this, target);

        public Tensor floor_divide_(Tensor other) => Ops.floor_divide__Tensor.Apply(this, other);

        public Tensor div(Scalar target, RoundingMode rounding_mode = RoundingMode.None)
            => Ops.div_Scalar_mode.Call(this, target, Name(rounding_mode));

        public Tensor div(Tensor target, RoundingMode rounding_mode = RoundingMode.None)
            => Ops.div_Tensor_mode.Call(this, target, Name(rounding_mode));

        public Tensor div_(Scalar target, RoundingMode rounding_mode = RoundingMode.None)
            => Ops.div__Scalar_mode.Apply(this, target, Name(rounding_mode));

        public Tensor div_(Tensor target, RoundingMode rounding_mode = RoundingMode.None)
            => Ops.div__Tensor_mode.Apply(this, target, Name(rounding_mode));

        public Tensor divide(Scalar target, RoundingMode rounding_mode = RoundingMode.None) => div(target, rounding_mode);

        public Tensor divide(Tensor target, RoundingMode rounding_mode = RoundingMode.None) => div(target, rounding_mode);

        public Tensor divide_(Scalar target, RoundingMode rounding_mode = RoundingMode.None) => div_(target, rounding_mode);

        public Tensor divide_(Tensor target, RoundingMode rounding_mode = RoundingMode.None) => div_(target, rounding_mode);

        public Tensor true_divide(Scalar other) => div(other);

        public Tensor true_divide(Tensor other) => div(other);

        public Tensor true_divide_(Scalar other) => div_(other);

        public Tensor true_divide_(Tensor other) => div_(other);

        public Tensor pow(Scalar exponent) => Ops.pow_Tensor_Scalar.Call(this, exponent);

        public Tensor pow(Tensor exponent) => Ops.pow_Tensor_Tensor.Call(this, exponent);

        public Tensor pow_(Scalar exponent) => Ops.pow__Scalar.Apply(this, exponent);

        public Tensor pow_(Tensor exponent) => Ops.pow__Tensor.Apply(this, exponent);

        public Tensor addcmul(Tensor tensor1, Tensor tensor2, Scalar value) => Ops.addcmul.Call(this, tensor1, tensor2, value);

        public Tensor addcdiv(Tensor tensor1, Tensor tensor2, Scalar value) => Ops.addcdiv.Call(this, tensor1, tensor2, value);

        public Tensor addcdiv(Tensor tensor1, Tensor tensor2) => Ops.addcdiv.Call(this, tensor1, tensor2);

        public Tensor addcmul_(Tensor tensor1, Tensor tensor2, Scalar value) => Ops.addcmul_.Apply(this, tensor1, tensor2, value);

        public Tensor addcdiv_(Tensor tensor1, Tensor tensor2, Scalar value) => Ops.addcdiv_.Apply(this, tensor1, tensor2, value);

        public Tensor addcdiv_(Tensor tensor1, Tensor tensor2) => Ops.addcdiv_.Apply(this, tensor1, tensor2);

        public Tensor lerp(Tensor end, Tensor weight) => Ops.lerp_Tensor.Call(this, end, weight);

        public Tensor lerp_(Tensor end, Tensor weight) => Ops.lerp__Tensor.Apply(this, end, weight);

        public Tensor copysign(Tensor other) => Ops.copysign_Tensor.Call(this, other);

        public Tensor atan2(Tensor other) => Ops.atan2.Call(this, other);

        public Tensor hypot(Tensor other) => Ops.hypot.Call(this, other);

        public Tensor maximum(Tensor other) => Ops.maximum.Call(this, other);

        public Tensor minimum(Tensor other) => Ops.minimum.Call(this, other);

        public Tensor fmax(Tensor other) => Ops.fmax.Call(this, other);

        public Tensor fmin(Tensor other) => Ops.fmin.Call(this, other);

        public Tensor logaddexp(Tensor other) => Ops.logaddexp.Call(this, other);

        public Tensor logaddexp2(Tensor other) => Ops.logaddexp2.Call(this, other);

        public Tensor heaviside(Tensor other) => Ops.heaviside.Call(this, other);

        public Tensor xlogy(Tensor y) => Ops.xlogy_Tensor.Call(this, y);

        public Tensor dist(Tensor other, float p = 2) => Ops.dist.Call(this, other, p);

        public Tensor cumsum(long dim, ScalarType? type = null) => Ops.cumsum.Call(this, dim, type);

        public Tensor cumprod(long dim, ScalarType? type = null) => Ops.cumprod.Call(this, dim, type);

        public Tensor logcumsumexp(long dim) => Ops.logcumsumexp.Call(this, dim);

        public Tensor isclose(Tensor other, double rtol = 1e-5, double atol = 1e-8, bool nanEqual = false)
            => Ops.isclose.Call(this, other, rtol, atol, nanEqual);

        public Tensor bitwise_and(Tensor other) => Ops.bitwise_and_Tensor.Call(this, other);

        public Tensor bitwise_or(Tensor other) => Ops.bitwise_or_Tensor.Call(this, other);

        public Tensor bitwise_xor(Tensor other) => Ops.bitwise_xor_Tensor.Call(this, other);

        public Tensor bitwise_left_shift(Tensor other) => Ops.bitwise_left_shift_Tensor.Call(this, other);

        public Tensor bitwise_right_shift(Tensor other) => Ops.bitwise_right_shift_Tensor.Call(this, other);

        public Tensor bitwise_and_(Tensor other) => Ops.bitwise_and__Tensor.Apply(this, other);

        public Tensor bitwise_or_(Tensor other) => Ops.bitwise_or__Tensor.Apply(this, other);

        public Tensor bitwise_xor_(Tensor other) => Ops.bitwise_xor__Tensor.Apply(this, other);
    }
}
