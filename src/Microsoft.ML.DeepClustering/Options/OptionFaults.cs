using System.Globalization;

namespace Microsoft.ML.DeepClustering.Options;

/// <summary>Collects all faults of a set of options, so that a user sees them at once.</summary>
internal sealed class OptionFaults
{
    private readonly List<string> _faults = [];

    public void Require(bool holds, string option, object? seen, string allowed)
    {
        if (!holds)
            _faults.Add(string.Create(CultureInfo.InvariantCulture, $"{option} is {seen}; it must be {allowed}."));
    }

    public void AtLeast(int seen, int minimum, string option) => Require(seen >= minimum, option, seen, $"{minimum} or more");

    public void Positive(double seen, string option) => Require(seen > 0 && double.IsFinite(seen), option, seen, "a finite number above 0");

    public void NotNegative(double seen, string option) => Require(seen >= 0 && double.IsFinite(seen), option, seen, "a finite number, 0 or more");

    public void Known<T>(T seen, string option)
        where T : struct, Enum
        => Require(Enum.IsDefined(seen), option, seen, $"one of {string.Join(", ", Enum.GetNames<T>())}");

    /// <summary>A path that a file system can have, or null.</summary>
    public void Path(string? seen, string option, string allowed)
        => Require(seen is not "" && seen?.Contains('\0') is not true, option, $"\"{seen?.Replace("\0", "\\0", StringComparison.Ordinal)}\"", $"{allowed}; no character of it may be NUL");

    /// <summary>Throws one <see cref="ArgumentException"/> that names all faults, if there are any.</summary>
    public void ThrowIfAny(string method)
    {
        if (_faults.Count > 0)
            throw new ArgumentException($"The options of {method} cannot be used. {string.Join(" ", _faults)}");
    }
}
