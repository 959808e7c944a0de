namespace Microsoft.ML;

/// <summary>A row that moves forward over a view's rows.</summary>
public abstract class DataViewRowCursor : DataViewRow
{
    protected DataViewRowCursor()
    {
    }

    public abstract bool MoveNext();
}
