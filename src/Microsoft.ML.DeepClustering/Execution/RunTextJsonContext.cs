using System.Text.Json.Serialization;

namespace Microsoft.ML.DeepClustering.Execution;

/// <summary>The generated serializer of runs and of what a child process and its parent say: it needs no reflection.</summary>
[JsonSourceGenerationOptions(
    UseStringEnumConverter = true, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RunText))]
[JsonSerializable(typeof(WorkerOrder))]
[JsonSerializable(typeof(WorkerReply))]
internal sealed partial class RunTextJsonContext : JsonSerializerContext;
