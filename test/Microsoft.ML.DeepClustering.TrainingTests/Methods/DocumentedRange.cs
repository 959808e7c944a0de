using System.Globalization;
using System.Text.RegularExpressions;

namespace Microsoft.ML.DeepClustering.Tests.Methods;

/// <summary>The range of a number as its documentation says it: "2 or more", "above 0", "0 to 1", "0 to below 1".</summary>
/// <param name="Valid">Values at its ends.</param>
/// <param name="Invalid">Values just outside, and those that are not finite where the range is of real numbers.</param>
internal sealed partial record DocumentedRange(IReadOnlyList<object> Valid, IReadOnlyList<object> Invalid)
{
    /// <summary>Null for a text that names no range.</summary>
    /// <param name="text">The summary of a property.</param>
    /// <param name="type">int or double.</param>
    public static DocumentedRange? Find(string text, Type type)
    {
        if (text.Contains("any integer", StringComparison.Ordinal))
            return new([int.MinValue, 0, int.MaxValue], []);
        var match = Range().Match(text);
        if (!match.Success)
            return null;
        if (type == typeof(int))
            return OfIntegers(match);
        return OfReals(match, text.Contains("infinity", StringComparison.Ordinal));
    }

    private static DocumentedRange OfIntegers(Match match)
    {
        var least = (int)Number(match, match.Groups["least"].Success ? "least" : "from");
        return match.Groups["to"].Success && (int)Number(match, "to") is var most
            ? new([least, most], [least - 1, most + 1, int.MinValue, int.MaxValue])
            : new([least], [least - 1, int.MinValue]);
    }

    private static DocumentedRange OfReals(Match match, bool hasInfinity)
    {
        if (match.Groups["least"].Success)
            return new([Number(match, "least"), 1e9], [Number(match, "least") - 1e-6, double.NaN, double.PositiveInfinity]);
        if (match.Groups["above"].Success)
            return new([1e-9, hasInfinity ? double.PositiveInfinity : 1e9], [Number(match, "above"), -1e-6, double.NaN, hasInfinity ? -1.0 : double.PositiveInfinity]);
        var (from, to, isBelow) = (Number(match, "from"), Number(match, "to"), match.Groups["below"].Success);
        return new([from, isBelow ? to - 1e-6 : to], [from - 1e-6, isBelow ? to : to + 1e-6, double.NaN]);
    }

    private static double Number(Match match, string group) => double.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\b(?<least>\d+) or more|\babove (?<above>\d+)|\b(?<from>\d+) to (?<below>below )?(?<to>\d+)")]
    private static partial Regex Range();
}
