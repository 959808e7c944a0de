using System.Globalization;
using System.Text.RegularExpressions;

namespace Microsoft.ML.DeepClustering.Tool.Input.Tables;

/// <summary>Numbers in cells, the same in every country: a point before the decimals, nothing between thousands.</summary>
internal static partial class Cell
{
    private const int ShownLength = 40;

    private static readonly HashSet<string> Missing = new(StringComparer.OrdinalIgnoreCase) { "", "?", "na", "n/a", "nan", "null" };

    public static bool IsMissing(string cell) => Missing.Contains(cell.Trim());

    /// <summary>Reads a finite number, or NaN where it is missing.</summary>
    public static bool TryRead(string cell, out float number)
    {
        if (float.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && float.IsFinite(number))
            return true;
        number = float.NaN;
        return IsMissing(cell);
    }

    /// <summary>What is wrong with a cell that is no number.</summary>
    public static string Complaint(string cell)
    {
        var shown = cell.Length <= ShownLength ? cell : $"{cell[..ShownLength]}...";
        return DecimalComma().IsMatch(cell) ? $"\"{shown}\" is no number: write decimals with a point, and nothing between thousands" : $"\"{shown}\" is no number";
    }

    /// <summary>Whether a cell is a number that is written with a comma: before the decimals, or between thousands.</summary>
    public static bool HasDecimalComma(string cell) => NumberWithComma().IsMatch(cell);

    [GeneratedRegex(@"^\s*[+-]?((\d{1,3}([. '\u00a0\u202f]\d{3})+|\d*),\d+([eE][+-]?\d+)?|\d{1,3}(,\d{3})+(\.\d+)?)\s*$")]
    private static partial Regex NumberWithComma();

    [GeneratedRegex(@"^\s*[+-]?\d[\d.]*,[\d,.]*\s*$")]
    private static partial Regex DecimalComma();
}
