using System.Text.Json.Serialization;

namespace Experiments;

/// <summary>A data set or a part of one.</summary>
/// <param name="Name">The name of its files: one that <see cref="DataSets"/> knows.</param>
/// <param name="Classes">Only rows of these classes; null for all.</param>
/// <param name="Rows">Only so many of those rows, the first; null for all.</param>
/// <param name="Low">The lowest value of a pixel.</param>
/// <param name="High">The highest value of a pixel.</param>
/// <param name="Standardized">Whether all values are less their mean and divided by their standard deviation, one of each for all rows and features, in the place of <paramref name="Low"/> and <paramref name="High"/>.</param>
/// <param name="Side">Height and width that images are brought to, bilinear between pixels, 2 to 1024; null leaves them as they are.</param>
/// <param name="Label">Its name in tables, in "only" and in "on"; null for <paramref name="Name"/>. With labels an experiment has the same files in several forms.</param>
internal sealed record DataChoice(
    string Name, IReadOnlyList<int>? Classes = null, int? Rows = null, float Low = -1, float High = 1,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool Standardized = false,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] int? Side = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] string? Label = null)
{
    /// <summary>What it is called within the experiment.</summary>
    [JsonIgnore]
    public string Called => Label ?? Name;
}
