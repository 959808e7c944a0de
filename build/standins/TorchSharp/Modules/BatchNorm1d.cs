using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    public sealed class BatchNorm1d : nn.Module<Tensor, Tensor>
    {
        private readonly double eps;
        private readonly double momentum;

        internal BatchNorm1d(long features, double eps, double momentum, bool affine, bool track, ScalarType? dtype)
            : base(nameof(BatchNorm1d))
        {
            this.eps = eps;
            this.momentum = momentum;
            BatchStatistics.Register(this, features, affine, track, dtype);
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

        public Tensor running_mean
        {
            get => get_buffer(nameof(running_mean));
            set => ConditionallyRegisterBuffer(nameof(running_mean), value);
        }

        public Tensor running_var
        {
            get => get_buffer(nameof(running_var));
            set => ConditionallyRegisterBuffer(nameof(running_var), value);
        }

        public Tensor num_batches_tracked => get_buffer(nameof(num_batches_tracked));

        public void reset_running_stats() => BatchStatistics.Reset(this);

        public override Tensor forward(Tensor tensor)
        {
            if (tensor.ndim is not (2 or 3))
                throw new ArgumentException($"Invalid number of dimensions for BatchNorm argument: {tensor.ndim}");
            return BatchStatistics.Normalise(this, tensor, eps, momentum);
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Modules.BatchNorm1d BatchNorm1d(
                long features, double eps = 1e-5, double momentum = 0.1, bool affine = true, bool track_running_stats = true,
                Device device = null, ScalarType? dtype = null)
                => new(features, eps, momentum, affine, track_running_stats, dtype);
        }
    }
}
