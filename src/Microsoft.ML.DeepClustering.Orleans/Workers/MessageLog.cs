using Microsoft.ML.DeepClustering.Orleans.Grains;

namespace Microsoft.ML.DeepClustering.Orleans.Workers;

/// <summary>What a run has said, the newest of it: a caller who asks often enough hears all.</summary>
internal sealed class MessageLog(Guid attempt) : IProgress<RunMessage>
{
    private const int Capacity = 2000;

    private readonly Queue<(string Json, bool IsProgress)> _messages = [];
    private readonly Lock _lock = new();
    private int _dropped;

    public void Report(RunMessage value)
    {
        var json = value.ToJson();
        lock (_lock)
        {
            _messages.Enqueue((json, value.Progress != null));
            if (_messages.Count <= Capacity)
                return;
            _messages.Dequeue();
            _dropped++;
        }
    }

    /// <summary>What was said after a position.</summary>
    /// <param name="heard">The position.</param>
    /// <param name="withProgress">Whether progress is wanted too, and not only texts.</param>
    public (string[] Messages, RunPosition Position) Since(RunPosition heard, bool withProgress)
    {
        lock (_lock)
        {
            var skip = heard.Attempt == attempt ? Math.Max(0, heard.Messages - _dropped) : 0;
            return ([.. _messages.Skip(skip).Where(message => withProgress || !message.IsProgress).Select(message => message.Json)], new(attempt, _dropped + _messages.Count));
        }
    }
}
