using System.Text;

namespace Microsoft.ML.DeepClustering.Execution;

/// <summary>
/// A child process's line to its parent: its standard input and output. Others may write to the output too, so each line of the worker's own has a mark.
/// </summary>
/// <param name="mark">Stands before each line.</param>
internal sealed class WorkerChannel(string mark)
{
#pragma warning disable RS0030 // The process is the library's own until Main goes on.
    private readonly Stream _output = Console.OpenStandardOutput();
    private readonly StreamReader _input = new(Console.OpenStandardInput(), Encoding.UTF8);
#pragma warning restore RS0030

    /// <summary>The next order; null when the parent wants no more, or is gone.</summary>
    public WorkerOrder? Read() => _input.ReadLine() is { } line ? WorkerOrder.Parse(line) : null;

    /// <summary>Sends a reply.</summary>
    public void Send(WorkerReply reply)
    {
        // Native code may have written half a line.
        _output.Write(Encoding.UTF8.GetBytes($"\n{mark}{reply.ToJson()}\n"));
        _output.Flush();
    }
}
