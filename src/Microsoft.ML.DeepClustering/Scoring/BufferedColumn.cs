using System.Runtime.ExceptionServices;

namespace Microsoft.ML.DeepClustering.Scoring;

/// <summary>
/// The values of an input column for the rows of a batch. When a value is read the input already stands on a later row, so the values are copies that the
/// source cannot change. An error of the source for one value is thrown when that value is read, as it would be without a batch.
/// </summary>
internal abstract class BufferedColumn
{
    private readonly Dictionary<int, ExceptionDispatchInfo> _faults = [];

    /// <summary>Copies the value of the row that the input stands on.</summary>
    /// <param name="place">The row's place in the batch; calls come in the order of places.</param>
    /// <returns>The bytes that the copy takes.</returns>
    public abstract long Read(int place);

    /// <summary>Keeps the exception that the source threw for the value at a place.</summary>
    public void Fail(int place, Exception fault) => _faults[place] = ExceptionDispatchInfo.Capture(fault);

    /// <summary>Forgets the values; those that were handed out stay as they are.</summary>
    public virtual void Clear() => _faults.Clear();

    /// <summary>A ValueGetter of the column's raw type, for the row at a place.</summary>
    public abstract Delegate Getter(BatchPlace place);

    /// <summary>Throws the exception that the source threw for the value at a place, if there is one.</summary>
    protected void ThrowIfFaulted(int place)
    {
        if (_faults.Count > 0 && _faults.TryGetValue(place, out var fault))
            fault.Throw();
    }
}

/// <summary>A buffered column of values that are read as <typeparamref name="T"/>.</summary>
internal abstract class BufferedColumn<T> : BufferedColumn
{
    /// <summary>Copies the value at a place.</summary>
    public void Get(int place, ref T value)
    {
        ThrowIfFaulted(place);
        GetValue(place, ref value);
    }

    public override Delegate Getter(BatchPlace place)
    {
        return (ValueGetter<T>)Get;

        void Get(ref T value) => this.Get(place.Current, ref value);
    }

    /// <inheritdoc cref="Get"/>
    protected abstract void GetValue(int place, ref T value);
}
