using System.Globalization;

namespace Microsoft.ML.Data;

internal delegate bool FieldParse<T>(ReadOnlyMemory<char> field, out T value);

/// <summary>Reads the values of fields. A field that is empty is a default value, or NaN where the options say so.</summary>
internal static class FieldParser
{
    private static readonly string[] MissingWords = ["?", "NaN", "NA", "N/A"];
    private static readonly string[] TrueWords = ["1", "+1", "true", "t", "yes", "y", "on"];
    private static readonly string[] FalseWords = ["0", "-1", "false", "f", "no", "n", "off"];

    public static FieldParse<T> For<T>(TextLoader.Options options)
    {
        object parse = default(T) switch
        {
            ReadOnlyMemory<char> => (FieldParse<ReadOnlyMemory<char>>)Text,
            bool => (FieldParse<bool>)Flag,
            float => Real<float>(options, float.NaN),
            double => Real<double>(options, double.NaN),
            sbyte => (FieldParse<sbyte>)Whole,
            byte => (FieldParse<byte>)Whole,
            short => (FieldParse<short>)Whole,
            ushort => (FieldParse<ushort>)Whole,
            int => (FieldParse<int>)Whole,
            uint => (FieldParse<uint>)Whole,
            long => (FieldParse<long>)Whole,
            ulong => (FieldParse<ulong>)Whole,
            _ => throw new NotSupportedException($"Fields of the type {typeof(T)} are not supported."),
        };
        return (FieldParse<T>)parse;
    }

    /// <summary>A 0-based field as a 1-based key; outside of the count it is missing.</summary>
    public static FieldParse<T> ForKey<T>(ulong count)
        where T : struct, IConvertible
        => (ReadOnlyMemory<char> field, out T value) =>
        {
            var isEmpty = field.Span.IsWhiteSpace();
            var isNumber = ulong.TryParse(field.Span, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number);
            value = isNumber && number < count ? (T)Convert.ChangeType(number + 1, typeof(T)) : default;
            return isNumber || isEmpty || IsMissing(field.Span.Trim());
        };

    private static bool Text(ReadOnlyMemory<char> field, out ReadOnlyMemory<char> value)
    {
        value = field;
        return true;
    }

    private static bool Flag(ReadOnlyMemory<char> field, out bool value)
    {
        var text = field.Span.Trim();
        value = IsOneOf(TrueWords, text);
        return value || text.IsEmpty || IsOneOf(FalseWords, text);
    }

    private static bool Whole<T>(ReadOnlyMemory<char> field, out T value)
        where T : struct, ISpanParsable<T>
        => T.TryParse(field.Span, CultureInfo.InvariantCulture, out value) || field.Span.IsWhiteSpace();

    private static FieldParse<T> Real<T>(TextLoader.Options options, T missing)
        where T : struct, System.Numerics.INumber<T>
    {
        var format = (NumberFormatInfo)CultureInfo.InvariantCulture.NumberFormat.Clone();
        format.NumberDecimalSeparator = options.DecimalMarker.ToString();
        if (options.DecimalMarker == ',')
            format.NumberGroupSeparator = ".";
        var empty = options.MissingRealsAsNaNs ? missing : T.Zero;
        return (ReadOnlyMemory<char> field, out T value) =>
        {
            if (T.TryParse(field.Span, NumberStyles.Float, format, out value))
                return true;
            var text = field.Span.Trim();
            value = text.IsEmpty ? empty : missing;
            return text.IsEmpty || IsMissing(text);
        };
    }

    private static bool IsMissing(ReadOnlySpan<char> text) => IsOneOf(MissingWords, text);

    private static bool IsOneOf(string[] words, ReadOnlySpan<char> text)
    {
        foreach (var word in words)
        {
            if (text.Equals(word, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }
}
