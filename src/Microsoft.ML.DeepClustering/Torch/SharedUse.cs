namespace Microsoft.ML.DeepClustering.Torch;

/// <summary>
/// Lets several threads use something that any of them may end: nobody begins after the end, and what is used is freed when the last of
/// those who began before it has left.
/// </summary>
/// <param name="free">Called once, on the thread that ends or leaves last.</param>
internal sealed class SharedUse(Action free)
{
    private readonly Lock _gate = new();
    private int _users;

    /// <summary>Whether <see cref="End"/> was called.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>A use, to be disposed of; null after the end.</summary>
    public IDisposable? TryBegin()
    {
        lock (_gate)
        {
            if (HasEnded)
                return null;
            _users++;
            return new Use(this);
        }
    }

    /// <summary>Lets nobody begin any more. A second call does nothing.</summary>
    public void End()
    {
        lock (_gate)
        {
            if (HasEnded)
                return;
            HasEnded = true;
            if (_users > 0)
                return;
        }

        free();
    }

    private void Leave()
    {
        lock (_gate)
        {
            if (--_users > 0 || !HasEnded)
                return;
        }

        free();
    }

    private sealed class Use(SharedUse shared) : IDisposable
    {
        private bool _left;

        public void Dispose()
        {
            if (_left)
                return;
            _left = true;
            shared.Leave();
        }
    }
}
