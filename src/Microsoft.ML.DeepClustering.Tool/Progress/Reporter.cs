namespace Microsoft.ML.DeepClustering.Tool.Progress;

/// <summary>Calls an action at once and on the same thread, which <see cref="System.Progress{T}"/> does not.</summary>
internal sealed class Reporter<T>(Action<T> action) : IProgress<T>
{
    public void Report(T value) => action(value);
}
