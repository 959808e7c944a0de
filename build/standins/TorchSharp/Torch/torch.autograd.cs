using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public static partial class autograd
    {
        public static unsafe IList<Tensor> grad(
            IList<Tensor> outputs,
            IList<Tensor> inputs,
            IList<Tensor> grad_outputs = null,
            bool retain_graph = false,
            bool create_graph = false,
            bool allow_unused = false)
        {
            IntPtr[] outs = Handles(outputs), ins = Handles(inputs), grads = Handles(grad_outputs);
            fixed (IntPtr* o = outs, i = ins, g = grads)
            {
                int count;
                var results = Library.ts_gradients(
                    o, outs.Length, i, ins.Length, g, grads.Length, Byte(retain_graph), Byte(create_graph), Byte(allow_unused), &count);
                KeepAlive(outputs, inputs, grad_outputs);
                return results != null ? Tensor.OwnAll(results, count) : throw Library.Error();
            }
        }

        public static void backward(
            IList<Tensor> tensors, IList<Tensor> grad_tensors = null, bool? retain_graph = null, bool create_graph = false,
            IList<Tensor> inputs = null)
            => Backward(tensors, grad_tensors, retain_graph, create_graph, inputs);

        public static void backward(
            Tensor tensor, IList<Tensor> grad_tensors = null, bool? retain_graph = null, bool create_graph = false, IList<Tensor> inputs = null)
            => Backward([tensor], grad_tensors, retain_graph, create_graph, inputs);

        public static void backward(
            Tensor tensor, Tensor grad_tensor, bool? retain_graph = null, bool create_graph = false, IList<Tensor> inputs = null)
            => Backward([tensor], [grad_tensor], retain_graph, create_graph, inputs);

        internal static unsafe void Backward(
            IList<Tensor> tensors, IList<Tensor> grads, bool? retainGraph, bool createGraph, IList<Tensor> inputs)
        {
            IntPtr[] outs = Handles(tensors), given = Handles(grads), ins = Handles(inputs);
            fixed (IntPtr* o = outs, g = given, i = ins)
            {
                Library.Check(Library.ts_backward(
                    o, outs.Length, g, given.Length, Byte(retainGraph ?? createGraph), Byte(createGraph), i, ins.Length));
            }

            KeepAlive(tensors, grads, inputs);
        }

        private static byte Byte(bool value) => value ? (byte)1 : (byte)0;

        private static IntPtr[] Handles(IList<Tensor> tensors)
            => tensors is null ? [] : tensors.Select(tensor => tensor is null ? IntPtr.Zero : tensor.Handle).ToArray();

        private static void KeepAlive(params IList<Tensor>[] lists)
        {
            foreach (var list in lists)
                GC.KeepAlive(list);
        }
    }
}
