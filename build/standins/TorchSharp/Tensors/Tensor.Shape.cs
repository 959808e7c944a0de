using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor reshape(params long[] shape) => Ops.reshape.Call(this, shape);

        public Tensor view(params long[] shape) => Ops.view.Call(this, shape);

        public Tensor view_as(Tensor other) => Ops.view_as.Call(this, other);

        public Tensor permute(params long[] permutation) => Ops.permute.Call(this, permutation);

        public Tensor permute(IEnumerable<long> permutation) => permute(permutation.ToArray());

        public Tensor transpose(long dim0, long dim1) => Ops.transpose_int.Call(this, dim0, dim1);

        public Tensor transpose_(long dim0, long dim1) => Ops.transpose_.Apply(this, dim0, dim1);

        public Tensor swapaxes(long dim0, long dim1) => Ops.swapaxes.Call(this, dim0, dim1);

        public Tensor swapdims(long dim0, long dim1) => Ops.swapdims.Call(this, dim0, dim1);

        public Tensor t() => Ops.t.Call(this);

        public Tensor moveaxis(long[] source, long[] destination) => Ops.moveaxis_intlist.Call(this, source, destination);

        public Tensor movedim(long[] source, long[] destination) => Ops.movedim_intlist.Call(this, source, destination);

        public Tensor flatten(long start_dim = 0, long end_dim = -1) => Ops.flatten_using_ints.Call(this, start_dim, end_dim);

        public Tensor ravel() => Ops.ravel.Call(this);

        public Tensor contiguous() => Ops.contiguous.Call(this);

        public Tensor alias() => Ops.alias.Call(this);

        public Tensor clone() => Ops.clone.Call(this);

        public Tensor detach() => Ops.detach.Call(this);

        public Tensor adjoint() => Ops.adjoint.Call(this);

        public Tensor resolve_conj() => Ops.resolve_conj.Call(this);

        public Tensor resolve_neg() => Ops.resolve_neg.Call(this);

        public Tensor detach_() => Ops.detach_.Apply(this);

        public Tensor unflatten(long dim, params long[] sizes) => Ops.unflatten_int.Call(this, dim, sizes);

        public Tensor unflatten(long dim, Size sizes) => Ops.unflatten_int.Call(this, dim, sizes);

        public Tensor squeeze(long? dim = null) => dim is { } d ? Ops.squeeze_dim.Call(this, d) : Ops.squeeze.Call(this);

        public Tensor squeeze_(long? dim = null) => dim is { } d ? Ops.squeeze__dim.Apply(this, d) : Ops.squeeze_.Apply(this);

        public Tensor unsqueeze(long dim) => Ops.unsqueeze.Call(this, dim);

        public Tensor unsqueeze_(long dim) => Ops.unsqueeze_.Apply(this, dim);

        public Tensor expand(long[] sizes, bool isImplicit = false) => Ops.expand.Call(this, sizes, isImplicit);

        public Tensor expand(ReadOnlySpan<long> sizes, bool isImplicit = false) => Ops.expand.Call(this, sizes, isImplicit);

        public Tensor expand(Size sizes, bool isImplicit = false) => Ops.expand.Call(this, sizes, isImplicit);

        public Tensor expand(params long[] sizes) => Ops.expand.Call(this, sizes);

        public Tensor expand_as(Tensor other) => Ops.expand_as.Call(this, other);

        public Tensor broadcast_to(params long[] shape) => Ops.broadcast_to.Call(this, shape);

        public Tensor repeat(params long[] sizes) => Ops.repeat.Call(this, sizes);

        public Tensor tile(long[] reps) => Ops.tile.Call(this, reps);

        public Tensor repeat_interleave(long repeats, long? dim = null, long? output_size = null)
            => Ops.repeat_interleave_self_int.Call(this, repeats, dim, output_size);

        public Tensor repeat_interleave(Tensor repeats, long? dim = null, long? output_size = null)
            => Ops.repeat_interleave_self_Tensor.Call(this, repeats, dim, output_size);

        public Tensor flip(params long[] dims) => Ops.flip.Call(this, dims);

        public Tensor fliplr() => Ops.fliplr.Call(this);

        public Tensor flipud() => Ops.flipud.Call(this);

        public Tensor roll(long shifts, long? dims = null) => Ops.roll.Call(this, shifts, dims is { } d ? [d] : Array.Empty<long>());

        public Tensor roll(long[] shifts) => Ops.roll.Call(this, shifts);

        public Tensor roll(long[] shifts, long[] dims) => Ops.roll.Call(this, shifts, dims);

        public Tensor roll(ReadOnlySpan<long> shifts, ReadOnlySpan<long> dims = default) => Ops.roll.Call(this, shifts, dims);

        public Tensor roll((long, long) shifts, (long, long) dims) => Ops.roll.Call(this, shifts, dims);

        public Tensor roll((long, long, long) shifts, (long, long, long) dims) => Ops.roll.Call(this, shifts, dims);

        public Tensor rot90(long k = 1, (long, long)? dims = null) => Ops.rot90.Call(this, k, dims ?? (0, 1));

        public Tensor diag(long diagonal = 0) => Ops.diag.Call(this, diagonal);

        public Tensor diag_embed(long offset = 0, long dim1 = -2, long dim2 = -1) => Ops.diag_embed.Call(this, offset, dim1, dim2);

        public Tensor diagflat(long offset = 0) => Ops.diagflat.Call(this, offset);

        public Tensor diagonal(long offset = 0, long dim1 = 0, long dim2 = 0) => Ops.diagonal.Call(this, offset, dim1, dim2);

        public Tensor triu(long diagonal = 0) => Ops.triu.Call(this, diagonal);

        public Tensor tril(long diagonal = 0) => Ops.tril.Call(this, diagonal);

        public Tensor triu_(long diagonal = 0) => Ops.triu_.Apply(this, diagonal);

        public Tensor tril_(long diagonal = 0) => Ops.tril_.Apply(this, diagonal);

        public Tensor narrow(long dim, long start, long length) => Ops.narrow.Call(this, dim, start, length);

        public Tensor select(long dim, long index) => Ops.select_int.Call(this, dim, index);

        public Tensor slice(long dim, long start, long finish, long step) => Ops.slice_Tensor.Call(this, dim, start, finish, step);

        public Tensor unfold(long dimension, long size, long step) => Ops.unfold.Call(this, dimension, size, step);

        public Tensor as_strided(long[] size, long[] strides, long storageOffset = 0) => Ops.as_strided.Call(this, size, strides, storageOffset);

        public Tensor[] split(long size, int dim = 0) => Ops.split_Tensor.CallList(this, size, (long)dim);

        public Tensor[] split(long[] sizes, long dim = 0) => Ops.split_with_sizes.CallList(this, sizes, dim);

        public Tensor[] split(ReadOnlySpan<long> sizes, long dim = 0) => Ops.split_with_sizes.CallList(this, sizes, dim);

        public Tensor[] split(params long[] sizes) => Ops.split_with_sizes.CallList(this, sizes);

        public Tensor[] tensor_split(long size, long dim = 0) => Ops.tensor_split_sections.CallList(this, size, dim);

        public Tensor[] tensor_split(long[] sizes, long dim = 0) => Ops.tensor_split_indices.CallList(this, sizes, dim);

        public Tensor[] chunk(long chunks, long dim = 0) => Ops.chunk.CallList(this, chunks, dim);

        public Tensor[] unbind(long dimension = 0) => Ops.unbind_int.CallList(this, dimension);

        public Tensor atleast_1d() => Ops.atleast_1d.Call(this);

        public Tensor atleast_2d() => Ops.atleast_2d.Call(this);

        public Tensor atleast_3d() => Ops.atleast_3d.Call(this);

        public Tensor trace() => Ops.trace.Call(this);

        public Tensor[] tensor_split(Tensor indices, long dim = 0) => Ops.tensor_split_tensor_indices_or_sections.CallList(this, indices, dim);

        public Tensor[] hsplit(long size) => Ops.hsplit_int.CallList(this, size);

        public Tensor[] vsplit(long size) => Ops.vsplit_int.CallList(this, size);

        public Tensor[] dsplit(long size) => Ops.dsplit_int.CallList(this, size);

        public Tensor[] hsplit(params long[] sizes) => Ops.hsplit_array.CallList(this, sizes);

        public Tensor[] vsplit(params long[] sizes) => Ops.vsplit_array.CallList(this, sizes);

        public Tensor[] dsplit(params long[] sizes) => Ops.dsplit_array.CallList(this, sizes);

        public Tensor view_as_real() => Ops.view_as_real.Call(this);

        public Tensor view_as_complex() => Ops.view_as_complex.Call(this);
    }
}
