using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public static Tensor cat(IList<Tensor> tensors, long dim = 0) => Ops.cat.Call(tensors.ToArray(), dim);

    public static Tensor concat(IList<Tensor> tensors, long dim = 0) => cat(tensors, dim);

    public static Tensor concatenate(IList<Tensor> tensors, long axis = 0) => cat(tensors, axis);

    public static Tensor stack(IEnumerable<Tensor> tensors, long dim = 0) => Ops.stack.Call(tensors.ToArray(), dim);

    public static Tensor hstack(IList<Tensor> tensors) => Ops.hstack.Call(tensors.ToArray());

    public static Tensor vstack(IList<Tensor> tensors) => Ops.vstack.Call(tensors.ToArray());

    public static Tensor dstack(IList<Tensor> tensors) => Ops.dstack.Call(tensors.ToArray());

    public static Tensor column_stack(IList<Tensor> tensors) => Ops.column_stack.Call(tensors.ToArray());

    public static Tensor row_stack(IList<Tensor> tensors) => Ops.row_stack.Call(tensors.ToArray());

    public static Tensor hstack(params Tensor[] tensors) => Ops.hstack.Call(tensors);

    public static Tensor dstack(params Tensor[] tensors) => Ops.dstack.Call(tensors);

    public static Tensor column_stack(params Tensor[] tensors) => Ops.column_stack.Call(tensors);

    public static Tensor row_stack(params Tensor[] tensors) => Ops.row_stack.Call(tensors);

    public static Tensor block_diag(params Tensor[] tensors) => Ops.block_diag.Call(tensors);

    public static Tensor cartesian_prod(params Tensor[] tensors) => Ops.cartesian_prod.Call(tensors);

    public static IList<Tensor> broadcast_tensors(params Tensor[] tensors) => Ops.broadcast_tensors.CallList(tensors);

    public static Tensor[] meshgrid(IEnumerable<Tensor> tensors, string indexing = "ij")
        => Ops.meshgrid_indexing.CallList(tensors.ToArray(), indexing);

    public static Tensor einsum(string equation, params Tensor[] tensors) => Ops.einsum.Call(equation, tensors);

    public static Tensor tensordot(Tensor a, Tensor b, long[] dims1, long[] dims2) => Ops.tensordot.Call(a, b, dims1, dims2);

    public static Tensor chain_matmul(params Tensor[] matrices) => Ops.chain_matmul.Call(matrices);

    public static Tensor where(Tensor condition, Tensor x, Tensor y) => Ops.where_self.Call(condition, x, y);

    public static Tensor[] where(Tensor condition) => Ops.where.CallList(condition);

    public static Tensor cdist(Tensor x1, Tensor x2, double p = 2, compute_mode compute_mode = compute_mode.use_mm_for_euclid_dist_if_necessary)
        => Ops.cdist.Call(x1, x2, p, (long)compute_mode);

    public static Tensor searchsorted(Tensor sorted_sequence, Tensor values, bool out_int32 = false, bool right = false, Tensor sorter = null)
        => Ops.searchsorted_Tensor.Call(sorted_sequence, values, out_int32, right, Arg.None, sorter);

    public static Tensor searchsorted(Tensor sorted_sequence, Scalar values, bool out_int32, bool right, Tensor sorter)
        => Ops.searchsorted_Scalar.Call(sorted_sequence, values, out_int32, right, Arg.None, sorter);

    public static Tensor[] split(Tensor tensor, long[] split_size_or_sections, long dim = 0) => tensor.split(split_size_or_sections, dim);

    public static Tensor[] unbind(Tensor tensor, int dim = 0) => tensor.unbind(dim);

    public static Tensor[] unbind(Tensor input, long dim = 0) => input.unbind(dim);

    public static Tensor gather(Tensor input, long dim, Tensor index, bool sparse_grad = false) => Ops.gather.Call(input, dim, index, sparse_grad);

    public static Tensor softmax(Tensor input, int dim, ScalarType? dtype = null) => input.softmax(dim, dtype);

    public static Tensor norm(Tensor input) => input.norm(2f);

    public static Tensor combinations(Tensor input, int r = 2, bool with_replacement = false)
        => Ops.combinations.Call(input, (long)r, with_replacement);

    public static Tensor complex(Tensor real, Tensor imag) => Ops.complex.Call(real, imag);

    public static Tensor polar(Tensor abs, Tensor angle) => Ops.polar.Call(abs, angle);

    public static Tensor tril_indices(long row, long col, long offset = 0, ScalarType dtype = ScalarType.Int64, Device device = null)
        => Ops.tril_indices.Call(row, col, offset, dtype, Arg.None, device);

    public static Tensor triu_indices(long row, long col, long offset = 0, ScalarType dtype = ScalarType.Int64, Device device = null)
        => Ops.triu_indices.Call(row, col, offset, dtype, Arg.None, device);

    public static Tensor moveaxis(Tensor input, long source, long destination) => Ops.moveaxis_int.Call(input, source, destination);

    public static Tensor movedim(Tensor input, long source, long destination) => Ops.movedim_int.Call(input, source, destination);

    public static Tensor hstack(IEnumerable<Tensor> tensors) => Ops.hstack.Call(tensors.ToArray());

    public static Tensor dstack(IEnumerable<Tensor> tensors) => Ops.dstack.Call(tensors.ToArray());

    public static Tensor cartesian_prod(IList<Tensor> tensors) => Ops.cartesian_prod.Call(tensors.ToArray());

    public static Tensor negative_(Tensor input) => input.neg_();

    public static Tensor multiply_(Tensor left, Scalar right) => left.mul_(right);

    public static Tensor multiply_(Tensor left, Tensor right) => left.mul_(right);

    public static Tensor divide_(Tensor left, Scalar right) => left.div_(right);

    public static Tensor moveaxis(Tensor input, (long, long) source, (long, long) destination)
        => Ops.moveaxis_intlist.Call(input, source, destination);

    public static IEnumerable<Tensor> atleast_1d(params Tensor[] input) => Ops.atleast_1d_Sequence.CallList(input);

    public static IEnumerable<Tensor> atleast_2d(params Tensor[] input) => Ops.atleast_2d_Sequence.CallList(input);

    public static IEnumerable<Tensor> atleast_3d(params Tensor[] input) => Ops.atleast_3d_Sequence.CallList(input);

    public static Tensor[] hsplit(Tensor input, long[] indices_or_sections) => Ops.hsplit_array.CallList(input, indices_or_sections);

    public static Tensor[] vsplit(Tensor input, long[] indices_or_sections) => Ops.vsplit_array.CallList(input, indices_or_sections);

    public static Tensor[] dsplit(Tensor input, long[] indices_or_sections) => Ops.dsplit_array.CallList(input, indices_or_sections);

    public static Tensor bartlett_window(long len, bool periodic = true, ScalarType? dtype = null, Device device = null, bool requires_grad = false)
        => Ops.bartlett_window_periodic.Call(len, periodic, dtype ?? defaultType, Arg.None, device).Requiring(requires_grad);

    public static Tensor blackman_window(long len, bool periodic = true, ScalarType? dtype = null, Device device = null, bool requires_grad = false)
        => Ops.blackman_window_periodic.Call(len, periodic, dtype ?? defaultType, Arg.None, device).Requiring(requires_grad);

    public static Tensor hann_window(long len, bool periodic = true, ScalarType? dtype = null, Device device = null, bool requires_grad = false)
        => Ops.hann_window_periodic.Call(len, periodic, dtype ?? defaultType, Arg.None, device).Requiring(requires_grad);
}
