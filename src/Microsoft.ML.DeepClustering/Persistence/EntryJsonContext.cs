using System.Text.Json.Serialization;

namespace Microsoft.ML.DeepClustering.Persistence;

/// <summary>
/// The types that a model's entries are made of. Their serializers are generated when the library is compiled, so that they need no reflection
/// and a trimmed program keeps what they touch. A new method adds its options here.
/// </summary>
[JsonSourceGenerationOptions(UseStringEnumConverter = true)]
[JsonSerializable(typeof(OptionsHeader))]
[JsonSerializable(typeof(TrainingHistory))]
[JsonSerializable(typeof(Dictionary<string, TensorEntry>))]
[JsonSerializable(typeof(SortedDictionary<string, TensorEntry>))]
[JsonSerializable(typeof(SortedDictionary<string, string>))]
[JsonSerializable(typeof(AutoencoderKMeansOptions))]
[JsonSerializable(typeof(CenteringOptions))]
[JsonSerializable(typeof(DcnOptions))]
[JsonSerializable(typeof(DdcAutoencoderOptions))]
[JsonSerializable(typeof(DdcOptions))]
[JsonSerializable(typeof(DdcUcoOptions))]
[JsonSerializable(typeof(DecOptions))]
[JsonSerializable(typeof(DecUcoOptions))]
[JsonSerializable(typeof(DeepKMeansOptions))]
[JsonSerializable(typeof(DepictOptions))]
[JsonSerializable(typeof(DynamicAutoencoderOptions))]
[JsonSerializable(typeof(IdecOptions))]
[JsonSerializable(typeof(VadeOptions))]
internal sealed partial class EntryJsonContext : JsonSerializerContext;
