namespace Microsoft.ML.DeepClustering.Persistence;

/// <summary>
/// What the header of a safetensors file says of a tensor. The names are those of the format; its entry of metadata has none of them.
/// </summary>
internal sealed record TensorEntry(string? dtype = null, long[]? shape = null, long[]? data_offsets = null);
