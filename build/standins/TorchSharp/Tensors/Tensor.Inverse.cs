using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor arccos() => acos();

        public Tensor arccos_() => acos_();

        public Tensor arccosh() => acosh();

        public Tensor arccosh_() => acosh_();

        public Tensor arcsin() => asin();

        public Tensor arcsin_() => asin_();

        public Tensor arcsinh() => asinh();

        public Tensor arcsinh_() => asinh_();

        public Tensor arctan() => atan();

        public Tensor arctan_() => atan_();

        public Tensor arctanh() => atanh();

        public Tensor arctanh_() => atanh_();

        public Tensor arctan(Tensor other) => atan2(other);

        public Tensor arctan2(Tensor other) => atan2(other);

        public Tensor arctan_(Tensor other) => atan2_(other);

        public Tensor arctan2_(Tensor other) => atan2_(other);

        public Tensor polygamma(long p) => Ops.polygamma.Call(p, this);

        public Tensor mvlgamma(long p) => Ops.mvlgamma.Call(this, p);

        public Tensor celu_() => Ops.celu_.Apply(this);
    }
}
