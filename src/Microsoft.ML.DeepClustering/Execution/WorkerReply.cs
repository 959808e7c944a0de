using System.Text.Json;

namespace Microsoft.ML.DeepClustering.Execution;

/// <summary>What a child process tells its parent; one of its parts is there.</summary>
/// <param name="Hello">The child's version, once it is a worker.</param>
/// <param name="Message">What the run says.</param>
/// <param name="IsDone">The run has ended, and its checkpoint is finished.</param>
/// <param name="Fault">Why the run could not be made: a sentence.</param>
/// <param name="FaultType">The name of the exception's type.</param>
internal sealed record WorkerReply(string? Hello = null, RunMessage? Message = null, bool IsDone = false, string? Fault = null, string? FaultType = null)
{
    /// <summary>On one line.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, RunTextJsonContext.Default.WorkerReply);

    /// <exception cref="JsonException">The line is not the JSON of a reply.</exception>
    public static WorkerReply Parse(string line) => JsonSerializer.Deserialize(line, RunTextJsonContext.Default.WorkerReply) ?? throw new JsonException("it is null");

    /// <summary>The fault as an exception of the type that it had in the child, if callers tell that type from others.</summary>
    /// <param name="run">The name of the run.</param>
    public Exception ToException(string run)
    {
        var text = $"A child process could not make {run}: {Fault}";
        return FaultType switch
        {
            nameof(InsufficientMemoryException) => new InsufficientMemoryException(text),
            nameof(InvalidDataException) => new InvalidDataException(text),
            nameof(IOException) or nameof(FileNotFoundException) or nameof(DirectoryNotFoundException) => new IOException(text),
            _ => new InvalidOperationException(text),
        };
    }
}
