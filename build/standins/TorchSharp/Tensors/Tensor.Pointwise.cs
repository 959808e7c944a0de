using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor abs() => Ops.abs.Call(this);

        public Tensor absolute() => Ops.absolute.Call(this);

        public Tensor acos() => Ops.acos.Call(this);

        public Tensor acosh() => Ops.acosh.Call(this);

        public Tensor asin() => Ops.asin.Call(this);

        public Tensor asinh() => Ops.asinh.Call(this);

        public Tensor atan() => Ops.atan.Call(this);

        public Tensor atanh() => Ops.atanh.Call(this);

        public Tensor ceil() => Ops.ceil.Call(this);

        public Tensor cos() => Ops.cos.Call(this);

        public Tensor cosh() => Ops.cosh.Call(this);

        public Tensor deg2rad() => Ops.deg2rad.Call(this);

        public Tensor digamma() => Ops.digamma.Call(this);

        public Tensor erf() => Ops.erf.Call(this);

        public Tensor erfc() => Ops.erfc.Call(this);

        public Tensor erfinv() => Ops.erfinv.Call(this);

        public Tensor exp() => Ops.exp.Call(this);

        public Tensor exp2() => Ops.exp2.Call(this);

        public Tensor expm1() => Ops.expm1.Call(this);

        public Tensor fix() => Ops.fix.Call(this);

        public Tensor floor() => Ops.floor.Call(this);

        public Tensor frac() => Ops.frac.Call(this);

        public Tensor lgamma() => Ops.lgamma.Call(this);

        public Tensor log() => Ops.log.Call(this);

        public Tensor log10() => Ops.log10.Call(this);

        public Tensor log1p() => Ops.log1p.Call(this);

        public Tensor log2() => Ops.log2.Call(this);

        public Tensor logical_not() => Ops.logical_not.Call(this);

        public Tensor neg() => Ops.neg.Call(this);

        public Tensor negative() => Ops.negative.Call(this);

        public Tensor positive() => Ops.positive.Call(this);

        public Tensor rad2deg() => Ops.rad2deg.Call(this);

        public Tensor reciprocal() => Ops.reciprocal.Call(this);

        public Tensor rsqrt() => Ops.rsqrt.Call(this);

        public Tensor sgn() => Ops.sgn.Call(this);

        public Tensor sigmoid() => Ops.sigmoid.Call(this);

        public Tensor sign() => Ops.sign.Call(this);

        public Tensor signbit() => Ops.signbit.Call(this);

        public Tensor sin() => Ops.sin.Call(this);

        public Tensor sinc() => Ops.sinc.Call(this);

        public Tensor sinh() => Ops.sinh.Call(this);

        public Tensor sqrt() => Ops.sqrt.Call(this);

        public Tensor square() => Ops.square.Call(this);

        public Tensor tan() => Ops.tan.Call(this);

        public Tensor tanh() => Ops.tanh.Call(this);

        public Tensor trunc() => Ops.trunc.Call(this);

        public Tensor bitwise_not() => Ops.bitwise_not.Call(this);

        public Tensor isfinite() => Ops.isfinite.Call(this);

        public Tensor isinf() => Ops.isinf.Call(this);

        public Tensor isnan() => Ops.isnan.Call(this);

        public Tensor isneginf() => Ops.isneginf.Call(this);

        public Tensor isposinf() => Ops.isposinf.Call(this);

        public Tensor isreal() => Ops.isreal.Call(this);

        public Tensor angle() => Ops.angle.Call(this);

        public Tensor conj() => Ops.conj.Call(this);

        public Tensor relu() => Ops.relu.Call(this);

        public Tensor relu6() => Ops.relu6.Call(this);

        public Tensor selu() => Ops.selu.Call(this);

        public Tensor silu() => Ops.silu.Call(this);

        public Tensor hardsigmoid() => Ops.hardsigmoid.Call(this);

        public Tensor hardswish() => Ops.hardswish.Call(this);

        public Tensor abs_() => Ops.abs_.Apply(this);

        public Tensor absolute_() => Ops.absolute_.Apply(this);

        public Tensor acos_() => Ops.acos_.Apply(this);

        public Tensor acosh_() => Ops.acosh_.Apply(this);

        public Tensor asin_() => Ops.asin_.Apply(this);

        public Tensor asinh_() => Ops.asinh_.Apply(this);

        public Tensor atan_() => Ops.atan_.Apply(this);

        public Tensor atanh_() => Ops.atanh_.Apply(this);

        public Tensor ceil_() => Ops.ceil_.Apply(this);

        public Tensor cos_() => Ops.cos_.Apply(this);

        public Tensor cosh_() => Ops.cosh_.Apply(this);

        public Tensor digamma_() => Ops.digamma_.Apply(this);

        public Tensor erf_() => Ops.erf_.Apply(this);

        public Tensor erfc_() => Ops.erfc_.Apply(this);

        public Tensor erfinv_() => Ops.erfinv_.Apply(this);

        public Tensor exp_() => Ops.exp_.Apply(this);

        public Tensor expm1_() => Ops.expm1_.Apply(this);

        public Tensor fix_() => Ops.fix_.Apply(this);

        public Tensor floor_() => Ops.floor_.Apply(this);

        public Tensor frac_() => Ops.frac_.Apply(this);

        public Tensor lgamma_() => Ops.lgamma_.Apply(this);

        public Tensor log_() => Ops.log_.Apply(this);

        public Tensor log10_() => Ops.log10_.Apply(this);

        public Tensor log1p_() => Ops.log1p_.Apply(this);

        public Tensor log2_() => Ops.log2_.Apply(this);

        public Tensor logical_not_() => Ops.logical_not_.Apply(this);

        public Tensor neg_() => Ops.neg_.Apply(this);

        public Tensor reciprocal_() => Ops.reciprocal_.Apply(this);

        public Tensor rsqrt_() => Ops.rsqrt_.Apply(this);

        public Tensor sgn_() => Ops.sgn_.Apply(this);

        public Tensor sigmoid_() => Ops.sigmoid_.Apply(this);

        public Tensor sign_() => Ops.sign_.Apply(this);

        public Tensor sin_() => Ops.sin_.Apply(this);

        public Tensor sinc_() => Ops.sinc_.Apply(this);

        public Tensor sinh_() => Ops.sinh_.Apply(this);

        public Tensor sqrt_() => Ops.sqrt_.Apply(this);

        public Tensor tan_() => Ops.tan_.Apply(this);

        public Tensor tanh_() => Ops.tanh_.Apply(this);

        public Tensor trunc_() => Ops.trunc_.Apply(this);

        public Tensor bitwise_not_() => Ops.bitwise_not_.Apply(this);

        public Tensor relu_() => Ops.relu_.Apply(this);

        public Tensor relu6_() => Ops.relu6_.Apply(this);

        public Tensor selu_() => Ops.selu_.Apply(this);

        public Tensor silu_() => Ops.silu_.Apply(this);

        public Tensor hardsigmoid_() => Ops.hardsigmoid_.Apply(this);

        public Tensor hardswish_() => Ops.hardswish_.Apply(this);

        public Tensor i0() => Ops.i0.Call(this);

        public Tensor conj_physical() => Ops.conj_physical.Call(this);

        public Tensor gelu() => Ops.gelu.Call(this);

        public Tensor softplus() => Ops.softplus.Call(this);

        public Tensor celu() => Ops.celu.Call(this);

        public Tensor log_sigmoid() => Ops.log_sigmoid.Call(this);

        public Tensor round(long decimals = 0) => Ops.round_decimals.Call(this, decimals);

        public Tensor round_(long decimals = 0) => Ops.round__decimals.Apply(this, decimals);

        public Tensor logit(double? eps = null) => Ops.logit.Call(this, eps);

        public Tensor nan_to_num(double nan = 0, double? posinf = null, double? neginf = null) => Ops.nan_to_num.Call(this, nan, posinf, neginf);

        public Tensor clamp(Scalar min = null, Scalar max = null) => Ops.clamp.Call(this, min, max);

        public Tensor clamp(Tensor min = null, Tensor max = null) => Ops.clamp_Tensor.Call(this, min, max);

        public Tensor clamp_(Scalar min = null, Scalar max = null) => Ops.clamp_.Apply(this, min, max);

        public Tensor clamp_(Tensor min = null, Tensor max = null) => Ops.clamp__Tensor.Apply(this, min, max);

        public Tensor clip(Scalar min = null, Scalar max = null) => Ops.clip.Call(this, min, max);

        public Tensor clamp_max(Scalar max) => Ops.clamp_max.Call(this, max);

        public Tensor clamp_min(Scalar min) => Ops.clamp_min.Call(this, min);

        public Tensor clamp_max_(Scalar max) => Ops.clamp_max_.Apply(this, max);

        public Tensor clamp_min_(Scalar min) => Ops.clamp_min_.Apply(this, min);

        public Tensor leaky_relu(Scalar negative_slope) => Ops.leaky_relu.Call(this, negative_slope);

        public Tensor elu(Scalar alpha, Scalar scale, Scalar input_scale) => Ops.elu.Call(this, alpha, scale, input_scale);

        public Tensor hardtanh(Scalar min, Scalar max) => Ops.hardtanh.Call(this, min, max);

        public Tensor leaky_relu_(Scalar negative_slope) => Ops.leaky_relu_.Apply(this, negative_slope);

        public Tensor elu_(Scalar alpha, Scalar scale, Scalar input_scale) => Ops.elu_.Apply(this, alpha, scale, input_scale);

        public Tensor hardtanh_(Scalar min, Scalar max) => Ops.hardtanh_.Apply(this, min, max);
    }
}
