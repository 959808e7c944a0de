using Microsoft.ML.DeepClustering.Tool.Progress;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.DeepClustering.Tool.Commands;

/// <summary>What every command works with.</summary>
/// <param name="Console">Where it speaks.</param>
/// <param name="Arguments">The command line as it was given.</param>
/// <param name="Cancellation">Ctrl+C.</param>
internal sealed record CommandContext(ToolConsole Console, IReadOnlyList<string> Arguments, CancellationToken Cancellation)
{
    /// <summary>Passes the library's warnings on.</summary>
    public MLContext Listen(MLContext ml)
    {
        ml.Log += (_, message) =>
        {
            if (message.Kind == ChannelMessageKind.Warning)
                Console.Warn(message.RawMessage);
        };
        return ml;
    }
}
