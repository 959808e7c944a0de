using Microsoft.ML.Data;

namespace Microsoft.ML.DeepClustering.Tests.Support;

/// <summary>A view whose texts and vectors of Single live in memory that it writes over when it moves on.</summary>
internal sealed class ReusedMemory(IDataView source) : IDataView
{
    public DataViewSchema Schema => source.Schema;

    public bool CanShuffle => source.CanShuffle;

    public long? GetRowCount() => source.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
        => new Cursor(source.GetRowCursor(columnsNeeded, rand));

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
        => [GetRowCursor(columnsNeeded, rand)];

    private sealed class Cursor(DataViewRowCursor input) : DataViewRowCursor
    {
        private readonly List<Action> _overwrite = [];

        public override DataViewSchema Schema => input.Schema;

        public override long Position => input.Position;

        public override long Batch => input.Batch;

        public override bool MoveNext()
        {
            _overwrite.ForEach(overwrite => overwrite());
            return input.MoveNext();
        }

        public override ValueGetter<DataViewRowId> GetIdGetter() => input.GetIdGetter();

        public override bool IsColumnActive(DataViewSchema.Column column) => input.IsColumnActive(column);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => input.GetGetter<TValue>(column) switch
        {
            ValueGetter<ReadOnlyMemory<char>> texts => (ValueGetter<TValue>)(Delegate)Texts(texts),
            ValueGetter<VBuffer<float>> vectors => (ValueGetter<TValue>)(Delegate)Vectors(vectors),
            var getter => getter,
        };

        protected override void Dispose(bool disposing)
        {
            _overwrite.ForEach(overwrite => overwrite());
            if (disposing)
                input.Dispose();
            base.Dispose(disposing);
        }

        private ValueGetter<ReadOnlyMemory<char>> Texts(ValueGetter<ReadOnlyMemory<char>> getter)
        {
            var shared = new char[100];
            _overwrite.Add(() => Array.Fill(shared, '#'));
            return (ref ReadOnlyMemory<char> value) =>
            {
                getter(ref value);
                value.CopyTo(shared);
                value = shared.AsMemory(0, value.Length);
            };
        }

        private ValueGetter<VBuffer<float>> Vectors(ValueGetter<VBuffer<float>> getter)
        {
            var shared = new float[100];
            VBuffer<float> own = default;
            _overwrite.Add(() => Array.Fill(shared, float.NaN));
            return (ref VBuffer<float> value) =>
            {
                getter(ref own);
                own.CopyTo(shared);
                value = new VBuffer<float>(own.Length, shared);
            };
        }
    }
}
