using Microsoft.ML.DeepClustering.Orleans.Grains;

namespace Microsoft.ML.DeepClustering.Orleans.Workers;

/// <summary>What a run has said, the newest of it: a caller who asks often enough hears all.</summary>
internal sealed class MessageLog(Guid attempt) : IProgress<RunMessage>
{
    private const int Capacity = 2000;

    private readonly Queue<string> _messages = [];
    private readonly Lock _lock = new();
    private int _dropped;

    public void Report(RunMessage value)
    {
        var json = value.ToJson();
        lock (_lock)
        {
            _messages.Enqueue(json);
            if (_messages.Count <= Capacity)
                return;
            _messages.Dequeue();
            _dropped++;
        }
    }

    public (string[] Messages, RunPosition Position) Since(RunPosition heard)
    {
        lock (_lock)
        {
            var skip = heard.Attempt == attempt ? Math.Max(0, heard.Messages - _dropped) : 0;
            return ([.. _messages.Skip(skip)], new(attempt, _dropped + _messages.Count));
        }
    }
}
