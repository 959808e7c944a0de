namespace TorchSharp;

/// <summary>What the dispose scopes of one thread have seen since the last reset.</summary>
public class ThreadDisposeScopeStatistics
{
    internal long Outside { get; set; }

    internal long Inside { get; set; }

    internal long Disposed { get; set; }

    internal long Detached { get; set; }

    public long CreatedOutsideScopeCount => Outside;

    public long CreatedInScopeCount => Inside;

    public long DisposedInScopeCount => Disposed;

    public long DetachedFromScopeCount => Detached;

    public long ThreadTotalLiveCount => Outside + Inside - Disposed;

    public void Reset() => Outside = Inside = Disposed = Detached = 0;
}
