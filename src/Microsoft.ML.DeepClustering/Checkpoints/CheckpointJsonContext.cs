using System.Text.Json.Serialization;

namespace Microsoft.ML.DeepClustering.Checkpoints;

/// <summary>The generated serializer of a checkpoint's header: it needs no reflection.</summary>
[JsonSourceGenerationOptions(UseStringEnumConverter = true)]
[JsonSerializable(typeof(CheckpointHeader))]
internal sealed partial class CheckpointJsonContext : JsonSerializerContext;
