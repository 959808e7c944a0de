using System.Text.Json.Serialization;

namespace Microsoft.ML.DeepClustering.Training.Elsewhere;

/// <summary>The generated serializer of messages: it needs no reflection.</summary>
[JsonSourceGenerationOptions(
    UseStringEnumConverter = true, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RunMessage))]
internal sealed partial class RunMessageJsonContext : JsonSerializerContext;
