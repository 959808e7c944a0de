namespace Microsoft.ML.Data;

/// <summary>All values of a column.</summary>
internal abstract class ColumnCache
{
    public abstract int Count { get; }

    public static ColumnCache Of(DataViewType type)
        => (ColumnCache)Activator.CreateInstance(type is VectorDataViewType vector
            ? typeof(VectorCache<>).MakeGenericType(vector.ItemType.RawType)
            : typeof(ScalarCache<>).MakeGenericType(type.RawType));

    public static ColumnCache OfIds() => new ScalarCache<DataViewRowId>();

    public abstract void Start(DataViewRow row, DataViewSchema.Column column);

    public virtual void StartIds(DataViewRow row) => throw new InvalidOperationException("Not a cache of identifiers.");

    /// <summary>Adds the current row's value.</summary>
    public abstract void Append();

    public abstract Delegate MakeGetter(Func<int> row);

    private sealed class ScalarCache<T> : ColumnCache
    {
        private readonly List<T> _values = [];
        private ValueGetter<T> _getter;

        public override int Count => _values.Count;

        public override void Start(DataViewRow row, DataViewSchema.Column column) => _getter = row.GetGetter<T>(column);

        public override void StartIds(DataViewRow row) => _getter = (ValueGetter<T>)(Delegate)row.GetIdGetter();

        public override void Append()
        {
            T value = default;
            _getter(ref value);
            _values.Add(value);
        }

        public override Delegate MakeGetter(Func<int> row) => (ValueGetter<T>)((ref T value) => value = _values[row()]);
    }

    private sealed class VectorCache<T> : ColumnCache
    {
        private readonly List<VBuffer<T>> _values = [];
        private ValueGetter<VBuffer<T>> _getter;
        private VBuffer<T> _current;

        public override int Count => _values.Count;

        public override void Start(DataViewRow row, DataViewSchema.Column column) => _getter = row.GetGetter<VBuffer<T>>(column);

        public override void Append()
        {
            _getter(ref _current);
            var copy = default(VBuffer<T>);
            _current.CopyTo(ref copy);
            _values.Add(copy);
        }

        public override Delegate MakeGetter(Func<int> row)
            => (ValueGetter<VBuffer<T>>)((ref VBuffer<T> value) => _values[row()].CopyTo(ref value));
    }
}
