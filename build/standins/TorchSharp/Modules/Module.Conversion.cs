namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public partial class Module
        {
            public Module _to(Tensor other, bool non_blocking) => _to(other.device, other.dtype, non_blocking);

            protected internal virtual Module _to(Device device, ScalarType dtype, bool non_blocking)
            {
                InitializeDevice(device);
                return _to(dtype, non_blocking);
            }

            protected internal virtual Module _to(DeviceType deviceType, int deviceIndex, bool non_blocking)
            {
                InitializeDeviceType(deviceType);
                return this;
            }

            protected internal virtual Module _to(ScalarType dtype, bool non_blocking)
            {
                if (!torch.is_floating_point(dtype))
                    throw new ArgumentException($"nn.Module.to only accepts floating point dtypes, but got desired dtype={dtype}");
                foreach (var tensor in parameters().Concat(buffers()))
                {
                    if (tensor.is_floating_point() && tensor.dtype != dtype)
                        tensor.ConvertInPlace(dtype);
                }

                return this;
            }
        }
    }

    public partial class Tensor
    {
        internal void ConvertInPlace(ScalarType dtype)
        {
            var requires = requires_grad;
            using var guard = no_grad();
            using var converted = to_type(dtype);
            (handle, converted.handle) = (converted.handle, handle);
            if (requires)
                requires_grad = true;
        }
    }
}
