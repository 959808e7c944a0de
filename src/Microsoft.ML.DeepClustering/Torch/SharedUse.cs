namespace Microsoft.ML.DeepClustering.Torch;

/// <summary>
/// Counts the uses of a resource that several threads share. After <see cref="End"/> no use begins; the resource is freed once the uses that had begun
/// are over.
/// </summary>
/// <param name="free">Frees the resource; called once, on the thread that calls <see cref="End"/> or ends the last use.</param>
internal sealed class SharedUse(Action free)
{
    private readonly Lock _gate = new();
    private int _users;

    /// <summary>Whether <see cref="End"/> was called.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>Begins a use, which ends when the result is disposed; null after <see cref="End"/>.</summary>
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

    /// <summary>Lets no further use begin. A second call does nothing.</summary>
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
