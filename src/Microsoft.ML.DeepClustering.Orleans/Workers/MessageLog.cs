using Microsoft.ML.DeepClustering.Orleans.Grains;

namespace Microsoft.ML.DeepClustering.Orleans.Workers;

/// <summary>What a run has said, the newest of its texts and of its progress: a caller who asks often enough hears all.</summary>
internal sealed class MessageLog(Guid attempt) : IProgress<RunMessage>
{
    private const int Capacity = 2000;

    // Apart, for there is far more progress than text.
    private readonly Queue<(int Number, string Json)> _texts = [];
    private readonly Queue<(int Number, string Json)> _progress = [];
    private readonly Lock _lock = new();
    private int _count;

    public void Report(RunMessage value)
    {
        var json = value.ToJson();
        lock (_lock)
        {
            var messages = value.Progress == null ? _texts : _progress;
            messages.Enqueue((_count++, json));
            if (messages.Count > Capacity)
                messages.Dequeue();
        }
    }

    /// <summary>What was said after a position.</summary>
    /// <param name="heard">The position.</param>
    /// <param name="withProgress">Whether progress is wanted too, and not only texts.</param>
    public (string[] Messages, RunPosition Position) Since(RunPosition heard, bool withProgress)
    {
        lock (_lock)
        {
            var first = heard.Attempt == attempt ? heard.Messages : 0;
            var wanted = withProgress ? _texts.Concat(_progress) : _texts;
            return ([.. wanted.Where(message => message.Number >= first).OrderBy(message => message.Number).Select(message => message.Json)], new(attempt, _count));
        }
    }
}
