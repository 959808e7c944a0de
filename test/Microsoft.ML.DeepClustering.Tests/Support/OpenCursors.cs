using Microsoft.ML.Data;

namespace Microsoft.ML.DeepClustering.Tests.Support;

/// <summary>A view that counts its open cursors, and fails where a test wants it to.</summary>
internal sealed class OpenCursors(IDataView source) : IDataView
{
    private int _made;

    /// <summary>Cursors made and not yet disposed.</summary>
    public int Open { get; private set; }

    public long? ThrowAtRow { get; set; }

    public int MostCursors { get; set; } = int.MaxValue;

    /// <summary>Gives each cursor an order of its own.</summary>
    public Func<Random>? Order { get; init; }

    public DataViewSchema Schema => source.Schema;

    public bool CanShuffle => source.CanShuffle;

    public long? GetRowCount() => source.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        if (++_made > MostCursors)
            throw new NotSupportedException("as the test wants");
        Open++;
        return new Cursor(this, source.GetRowCursor(columnsNeeded, Order?.Invoke() ?? rand));
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
        => [GetRowCursor(columnsNeeded, rand)];

    private sealed class Cursor(OpenCursors view, DataViewRowCursor input) : DataViewRowCursor
    {
        private bool _disposed;

        public override DataViewSchema Schema => input.Schema;

        public override long Position => input.Position;

        public override long Batch => input.Batch;

        public override bool MoveNext()
        {
            var moved = input.MoveNext();
            return input.Position == view.ThrowAtRow ? throw new NotSupportedException("as the test wants") : moved;
        }

        public override ValueGetter<DataViewRowId> GetIdGetter() => input.GetIdGetter();

        public override bool IsColumnActive(DataViewSchema.Column column) => input.IsColumnActive(column);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => input.GetGetter<TValue>(column);

        protected override void Dispose(bool disposing)
        {
            if (disposing && !_disposed)
            {
                view.Open--;
                input.Dispose();
            }

            _disposed = true;
            base.Dispose(disposing);
        }
    }
}
