namespace TorchSharp;

/// <summary>The stack of dispose scopes of one thread.</summary>
public class DisposeScopeManager
{
    [ThreadStatic]
    private static DisposeScopeManager current;

    internal static DisposeScopeManager Current => current ??= new DisposeScopeManager();

    public static ThreadDisposeScopeStatistics Statistics => Current.Counts;

    internal ThreadDisposeScopeStatistics Counts { get; } = new();

    internal DisposeScope Innermost { get; private set; }

    internal DisposeScope Register(IDisposable disposable)
    {
        if (Innermost is null)
        {
            Counts.Outside++;
            return null;
        }

        Counts.Inside++;
        Innermost.Add(disposable);
        return Innermost;
    }

    internal DisposeScope Push() => Innermost = new DisposeScope(this, Innermost);

    internal void Remove(DisposeScope scope)
    {
        if (Innermost == scope)
        {
            Innermost = scope.OuterScope;
            return;
        }

        for (var inner = Innermost; inner is not null; inner = inner.OuterScope)
        {
            if (inner.OuterScope == scope)
                inner.OuterScope = scope.OuterScope;
        }
    }
}
