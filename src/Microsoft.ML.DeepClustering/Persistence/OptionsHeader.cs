using System.Text.Json;

namespace Microsoft.ML.DeepClustering.Persistence;

/// <summary>The content of <see cref="OptionsEntry"/>.</summary>
/// <param name="Format">The version of the layout of all entries.</param>
/// <param name="Method">The name of the method, which says what the options are.</param>
/// <param name="Shape">The shape of a sample.</param>
/// <param name="WeightsSha256">Of the entry of weights.</param>
/// <param name="Options">Those of the method.</param>
internal sealed record OptionsHeader(int Format, string Method, long[] Shape, string WeightsSha256, JsonElement Options);
