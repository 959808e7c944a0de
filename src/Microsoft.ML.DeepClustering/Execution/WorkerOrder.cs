using System.Text.Json;

namespace Microsoft.ML.DeepClustering.Execution;

/// <summary>What a parent has its child process do: one run.</summary>
/// <param name="Request">See <see cref="RunRequest.Text"/>.</param>
/// <param name="DataPath">The data file.</param>
/// <param name="CheckpointPath">The file of the checkpoint.</param>
/// <param name="HasProgress">Whether the parent wants to know of progress.</param>
internal sealed record WorkerOrder(string Request, string DataPath, string CheckpointPath, bool HasProgress)
{
    /// <summary>On one line.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, RunTextJsonContext.Default.WorkerOrder);

    /// <exception cref="JsonException">The line is not the JSON of an order.</exception>
    public static WorkerOrder Parse(string line) => JsonSerializer.Deserialize(line, RunTextJsonContext.Default.WorkerOrder) ?? throw new JsonException("it is null");
}
