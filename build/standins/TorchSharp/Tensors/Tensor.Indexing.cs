using System.Runtime.CompilerServices;
using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        [IndexerName("TensorItems")]
        public Tensor this[params TensorIndex[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices);
        }

        [IndexerName("TensorItems")]
        public Tensor this[params Tensor[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices);
        }

        [IndexerName("TensorItems")]
        public Tensor this[long i1]
        {
            get => select(0, i1);
            set => Assign(value, i1);
        }

        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2]
        {
            get => Select(i1, i2);
            set => Assign(value, i1, i2);
        }

        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2, long i3]
        {
            get => Select(i1, i2, i3);
            set => Assign(value, i1, i2, i3);
        }

        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2, long i3, long i4]
        {
            get => Select(i1, i2, i3, i4);
            set => Assign(value, i1, i2, i3, i4);
        }

        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2, long i3, long i4, long i5]
        {
            get => Select(i1, i2, i3, i4, i5);
            set => Assign(value, i1, i2, i3, i4, i5);
        }

        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2, long i3, long i4, long i5, long i6]
        {
            get => Select(i1, i2, i3, i4, i5, i6);
            set => Assign(value, i1, i2, i3, i4, i5, i6);
        }

        [IndexerName("TensorItems")]
        public Tensor this[params long[] indices]
        {
            get => Select(indices);
            set => Assign(value, indices);
        }

        public Tensor index(params TensorIndex[] indices)
        {
            var view = Basic(indices, out var advanced);
            if (advanced is null)
                return view;
            using (view)
                return Ops.index_Tensor.Call(view, advanced);
        }

        public Tensor index(params Tensor[] indices) => Ops.index_Tensor.Call(this, indices);

        public Tensor index_put_(Tensor value, params TensorIndex[] indices)
        {
            using var view = Basic(indices, out var advanced);
            if (advanced is null)
                view.copy_(value);
            else
                Ops.index_put_.Run(view, advanced, value);
            return this;
        }

        public Tensor index_put_(Tensor value, params Tensor[] indices) => Ops.index_put_.Apply(this, indices, value);

        public Tensor index_put_(Scalar value, params TensorIndex[] indices)
        {
            using var tensor = Ops.scalar_tensor.Call(value, dtype);
            return index_put_(tensor, indices);
        }

        public Tensor index_put_(Scalar value, params Tensor[] indices)
        {
            using var tensor = Ops.scalar_tensor.Call(value, dtype);
            return index_put_(tensor, indices);
        }

        private Tensor Select(params ReadOnlySpan<long> indices)
        {
            var view = select(0, indices[0]);
            foreach (var index in indices[1..])
                view = Replace(view, view.select(0, index));
            return view;
        }

        private void Assign(Tensor value, params ReadOnlySpan<long> indices)
        {
            using var view = Select(indices);
            view.copy_(value);
        }

        /// <summary>Applies positions, slices and new axes; tensors and masks are left for the operator index.</summary>
        private Tensor Basic(TensorIndex[] indices, out Tensor[] advanced)
        {
            var view = alias();
            var tensors = new List<Tensor>();
            long dim = 0;
            for (var i = 0; i < indices.Length; i++)
            {
                ref readonly var index = ref indices[i];
                switch (index.kind)
                {
                    case TensorIndex.Kind.None:
                        view = Replace(view, view.unsqueeze(dim++));
                        break;
                    case TensorIndex.Kind.Ellipsis:
                        dim = view.dim() - indices[(i + 1)..].Sum(Consumed);
                        break;
                    case TensorIndex.Kind.Single:
                        view = Replace(view, view.select(dim, index.start.Value));
                        break;
                    case TensorIndex.Kind.Slice:
                        view = Replace(view, Ops.slice_Tensor.Call(view, dim++, index.start, index.stop, index.step ?? 1));
                        break;
                    case TensorIndex.Kind.Bool:
                        view = Replace(view, view.unsqueeze(dim));
                        Place(tensors, dim++, tensor(new[] { index.start != 0 }));
                        break;
                    case TensorIndex.Kind.Tensor:
                        Place(tensors, dim, index.tensor);
                        dim += Consumed(index);
                        break;
                }
            }

            advanced = tensors.Count == 0 ? null : [.. tensors];
            return view;
        }

        /// <summary>A mask of k dimensions stands for k entries in the list; they follow it implicitly.</summary>
        private static void Place(List<Tensor> tensors, long dim, Tensor index)
        {
            var taken = tensors.Sum(tensor => tensor is null ? 1 : Consumed(TensorIndex.Tensor(tensor)));
            for (; taken < dim; taken++)
                tensors.Add(null);
            tensors.Add(index);
        }

        private static long Consumed(TensorIndex index) => index.kind switch
        {
            TensorIndex.Kind.Single or TensorIndex.Kind.Slice => 1,
            TensorIndex.Kind.Tensor => index.tensor.dtype is ScalarType.Bool or ScalarType.Byte ? index.tensor.dim() : 1,
            _ => 0,
        };

        private static Tensor Replace(Tensor old, Tensor next)
        {
            old.Dispose();
            return next;
        }
    }
}
