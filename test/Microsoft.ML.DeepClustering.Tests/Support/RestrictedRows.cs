using System.Collections;

namespace Microsoft.ML.DeepClustering.Tests.Support;

/// <summary>Rows of a source with rules of its own: how often it may be read, and by how many at a time.</summary>
/// <param name="rows">What is read; asked for anew each time.</param>
/// <param name="mostReadings">How often it may be read.</param>
/// <param name="mostOpen">How many may read it at a time.</param>
internal sealed class RestrictedRows<T>(Func<IEnumerable<T>> rows, int mostReadings = int.MaxValue, int mostOpen = int.MaxValue) : IEnumerable<T>
{
    private int _open;

    /// <summary>Readings begun.</summary>
    public int Readings { get; private set; }

    /// <summary>Rows given in all readings.</summary>
    public int Given { get; private set; }

    public IEnumerator<T> GetEnumerator()
    {
        if (++Readings > mostReadings)
            throw new NotSupportedException("the source has been read");
        if (_open >= mostOpen)
            throw new NotSupportedException("a reader is open");
        return Open();
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private IEnumerator<T> Open()
    {
        _open++;
        try
        {
            foreach (var row in rows())
            {
                Given++;
                yield return row;
            }
        }
        finally
        {
            _open--;
        }
    }
}
