using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public bool requires_grad
        {
            get => Library.ts_requires_grad(Handle) != 0;
            set => Library.Check(Library.ts_set_requires_grad(Handle, value ? (byte)1 : (byte)0));
        }

        public bool is_leaf => Library.ts_is_leaf(Handle) != 0;

        public Tensor grad
        {
            get => Own(Library.ts_grad(Handle));
            set
            {
                Library.Check(Library.ts_set_grad(Handle, value is null ? IntPtr.Zero : value.Handle));
                GC.KeepAlive(value);
            }
        }

        public Tensor requires_grad_(bool requires_grad = true)
        {
            this.requires_grad = requires_grad;
            return this;
        }

        public Tensor with_requires_grad(bool requires_grad = true) => requires_grad_(requires_grad);

        public void retain_grad() => Library.Check(Library.ts_retain_grad(Handle));

        public void backward() => autograd.Backward([this], null, null, false, null);

        public void backward(
            IList<Tensor> grad_tensors = null, bool create_graph = false, bool retain_graph = false, IList<Tensor> inputs = null)
            => autograd.Backward([this], grad_tensors, retain_graph, create_graph, inputs);

        internal Tensor Requiring(bool requires_grad)
        {
            if (requires_grad)
                this.requires_grad = true;
            return this;
        }
    }
}
