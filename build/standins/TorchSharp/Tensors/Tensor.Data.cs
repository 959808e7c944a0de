using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public long[] shape => size();

        public ScalarType dtype => (ScalarType)Library.ts_dtype(Handle);

        public DeviceType device_type => (DeviceType)Library.ts_device_type(Handle);

        public int device_index => -1;

        public Device device => device_type == DeviceType.CPU ? CPU : new Device(device_type);

        public long ndim => dim();

        public long Dimensions => dim();

        public long NumberOfElements => numel();

        public long ElementSize => dtype.ElementSize();

        public bool is_cuda => false;

        public bool is_meta => device_type == DeviceType.META;

        public bool is_sparse => Library.ts_is_sparse(Handle) != 0;

        public Tensor T => Ops.numpy_T.Call(this);

        public Tensor mT => Ops.mT.Call(this);

        public Tensor H => Ops.matrix_H.Call(this);

        public Tensor mH => Ops.mH.Call(this);

        /// <summary>The memory of a contiguous tensor.</summary>
        public unsafe Span<byte> bytes
        {
            get
            {
                if (!is_contiguous())
                    throw new NotImplementedException("Bytes() called on non-contiguous tensor.");
                var length = numel() * ElementSize;
                if (length > int.MaxValue)
                    throw new NotImplementedException("Span only supports up to int.MaxValue elements.");
                return new Span<byte>(Library.ts_data(Handle), (int)length);
            }

            set
            {
                var target = bytes;
                if (value.Length != target.Length)
                    throw new ArgumentException("Mismatched data sizes in Tensor.set_bytes().");
                value.CopyTo(target);
            }
        }

        public unsafe long[] size()
        {
            var sizes = new long[Library.ts_dimensions(Handle)];
            fixed (long* pointer = sizes)
                Library.ts_sizes(Handle, pointer);
            return sizes;
        }

        public unsafe long size(int dim)
        {
            var dimensions = Library.ts_dimensions(Handle);
            if (dim < -dimensions || dim >= dimensions)
                throw new System.Runtime.InteropServices.ExternalException(
                    $"Dimension out of range (expected to be in range of [{-dimensions}, {dimensions - 1}], but got {dim})");
            var sizes = stackalloc long[dimensions];
            Library.ts_sizes(Handle, sizes);
            return sizes[dim < 0 ? dim + dimensions : dim];
        }

        public unsafe long[] stride()
        {
            var strides = new long[Library.ts_dimensions(Handle)];
            fixed (long* pointer = strides)
                Library.ts_strides(Handle, pointer);
            return strides;
        }

        public long stride(int dim)
        {
            var strides = stride();
            return strides[dim < 0 ? dim + strides.Length : dim];
        }

        public long dim() => Library.ts_dimensions(Handle);

        public long numel() => Library.ts_numel(Handle);

        public long element_size() => ElementSize;

        public long storage_offset() => Library.ts_storage_offset(Handle);

        public bool is_contiguous() => Library.ts_is_contiguous(Handle) != 0;

        public bool is_cpu() => device_type == DeviceType.CPU;

        public bool is_floating_point() => torch.is_floating_point(dtype);

        public bool is_integral() => torch.is_integral(dtype);

        public bool is_complex() => torch.is_complex(dtype);

        public bool is_pinned() => false;

        public bool has_names() => false;

        public Utils.TensorAccessor<T> data<T>()
            where T : unmanaged
        {
            ValidateType(typeof(T));
            return new Utils.TensorAccessor<T>(this);
        }

        public T item<T>()
            where T : unmanaged
        {
            if (numel() != 1)
                throw new ArgumentException("Number of elements in the tensor must be 1");
            return data<T>()[0];
        }

        public Scalar ToScalar()
        {
            if (numel() != 1)
                throw new System.Runtime.InteropServices.ExternalException(
                    $"a Tensor with {numel()} elements cannot be converted to Scalar");
            switch (dtype)
            {
                case ScalarType.Byte: return item<byte>();
                case ScalarType.Int8: return item<sbyte>();
                case ScalarType.Int16: return item<short>();
                case ScalarType.Int32: return item<int>();
                case ScalarType.Int64: return item<long>();
                case ScalarType.Float16: return item<Half>();
                case ScalarType.Float32: return item<float>();
                case ScalarType.Float64: return item<double>();
                case ScalarType.Bool: return item<bool>();
                default:
                    using (var wide = to_type(ScalarType.Float64))
                        return wide.item<double>();
            }
        }

        public T ReadCpuValue<T>(long i)
            where T : unmanaged
            => data<T>()[i];

        public bool ReadCpuBool(long i) => ReadCpuValue<bool>(i);

        public byte ReadCpuByte(long i) => ReadCpuValue<byte>(i);

        public sbyte ReadCpuSByte(long i) => ReadCpuValue<sbyte>(i);

        public short ReadCpuInt16(long i) => ReadCpuValue<short>(i);

        public int ReadCpuInt32(long i) => ReadCpuValue<int>(i);

        public long ReadCpuInt64(long i) => ReadCpuValue<long>(i);

        public float ReadCpuSingle(long i) => ReadCpuValue<float>(i);

        public double ReadCpuDouble(long i) => ReadCpuValue<double>(i);

        public override bool Equals(object obj) => obj is Tensor other && Equals(other);

        public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);

        private void ValidateType(Type type)
        {
            if (TypeOf(type) != dtype && !(type == typeof(float) && dtype == ScalarType.BFloat16))
                throw new ArgumentException($"{type.Name} is not compatible with {dtype}");
        }
    }
}
