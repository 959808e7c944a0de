using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    public sealed class Linear : nn.Module<Tensor, Tensor>
    {
        internal Linear(long inputs, long outputs, bool hasBias, ScalarType? dtype)
            : base(nameof(Linear))
        {
            Keep(nameof(weight), Initial.Kaiming(empty([outputs, inputs], dtype)));
            if (hasBias)
                Keep(nameof(bias), Initial.Bias(empty([outputs], dtype), inputs));
        }

        public Parameter weight
        {
            get => get_parameter(nameof(weight));
            set => ConditionallyRegisterParameter(nameof(weight), value);
        }

        public Parameter bias
        {
            get => get_parameter(nameof(bias));
            set => ConditionallyRegisterParameter(nameof(bias), value);
        }

        public override Tensor forward(Tensor tensor) => nn.functional.linear(tensor, weight, bias);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Modules.Linear Linear(
                long inputSize, long outputSize, bool hasBias = true, Device device = null, ScalarType? dtype = null)
            {
                InitializeDevice(device);
                return new Modules.Linear(inputSize, outputSize, hasBias, dtype);
            }
        }
    }
}
