using System.Globalization;

namespace Microsoft.ML.Data;

/// <summary>A map of values of type <typeparamref name="T"/>, told apart as <typeparamref name="TKey"/>.</summary>
internal class TermMap<T, TKey>(PrimitiveDataViewType itemType, Func<T, TKey> toKey, Func<TKey, T> fromKey, IComparer<TKey> order) : TermMap
{
    private readonly List<TKey> _terms = [];
    private readonly Dictionary<TKey, uint> _keys = [];

    public override PrimitiveDataViewType ItemType => itemType;

    public override int Count => _terms.Count;

    public override Action MakeAdder(DataViewRow row, DataViewSchema.Column column, int maximum)
    {
        if (column.Type is not VectorDataViewType)
        {
            var get = row.GetGetter<T>(column);
            var value = default(T);
            return () =>
            {
                get(ref value);
                Add(value, maximum);
            };
        }

        var getVector = row.GetGetter<VBuffer<T>>(column);
        var vector = default(VBuffer<T>);
        return () =>
        {
            getVector(ref vector);
            foreach (var value in vector.DenseValues())
                Add(value, maximum);
        };
    }

    public override Delegate MakeGetter(DataViewRow row, DataViewSchema.Column column, bool isVector)
    {
        if (!isVector)
        {
            var get = row.GetGetter<T>(column);
            var value = default(T);
            return (ValueGetter<uint>)((ref uint target) =>
            {
                get(ref value);
                target = KeyOf(value);
            });
        }

        var getVector = row.GetGetter<VBuffer<T>>(column);
        var vector = default(VBuffer<T>);
        return (ValueGetter<VBuffer<uint>>)((ref VBuffer<uint> target) =>
        {
            getVector(ref vector);
            var editor = VBufferEditor.Create(ref target, vector.Length);
            var i = 0;
            foreach (var value in vector.DenseValues())
                editor.Values[i++] = KeyOf(value);
            target = editor.Commit();
        });
    }

    public override void Sort()
    {
        _terms.Sort(order);
        for (var i = 0; i < _terms.Count; i++)
            _keys[_terms[i]] = (uint)i + 1;
    }

    public override void AddAnnotation(DataViewSchema.Annotations.Builder builder, bool asText)
    {
        if (asText && itemType is not TextDataViewType)
        {
            builder.AddValues(AnnotationKinds.KeyValues, TextDataViewType.Instance,
                _terms.Select(term => Convert.ToString(term, CultureInfo.InvariantCulture).AsMemory()).ToArray());
        }
        else
        {
            builder.AddValues(AnnotationKinds.KeyValues, itemType, _terms.Select(fromKey).ToArray());
        }
    }

    protected virtual bool IsMissing(TKey term) => term is float.NaN or double.NaN;

    protected override void SaveTerms(BinaryWriter writer)
    {
        writer.Write(_terms.Count);
        foreach (var term in _terms)
            ValueIO.Write(writer, fromKey(term));
    }

    protected override void LoadTerms(BinaryReader reader)
    {
        for (var count = reader.ReadInt32(); count > 0; count--)
            Add(ValueIO.Read<T>(reader), int.MaxValue);
    }

    private void Add(T value, int maximum)
    {
        var term = toKey(value);
        if (_terms.Count < maximum && !IsMissing(term) && _keys.TryAdd(term, (uint)_terms.Count + 1))
            _terms.Add(term);
    }

    private uint KeyOf(T value)
    {
        var term = toKey(value);
        return IsMissing(term) ? 0 : _keys.GetValueOrDefault(term);
    }
}
