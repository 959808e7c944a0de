using System.Text;
using System.Text.RegularExpressions;

namespace Microsoft.ML.DeepClustering.Tests.Persistence;

/// <summary>Damages bytes at random, by a seed: as a bad disk would, and as a patient stranger would.</summary>
internal sealed partial class Mutator(int seed)
{
    private static readonly string[] _numbers =
    [
        "0", "-1", "1", "2147483647", "2147483648", "-2147483648", "9223372036854775807", "9223372036854775808", "-9223372036854775808",
        "1e999", "-1e999", "1e-999", "0.5", "\"NaN\"", "\"Infinity\"", "\"3\"", "null", "true", "[]", "{}", "99999999999999999999999999999999",
    ];

    private readonly Random _random = new(seed);

    /// <summary>One to three damages to a copy of the content.</summary>
    /// <param name="content">Some bytes.</param>
    /// <param name="head">How many of them hold the structure; half of the damages are made there.</param>
    /// <param name="isJson">Whether numbers and tokens can be damaged as such.</param>
    public byte[] Mutate(byte[] content, int head, bool isJson)
    {
        var mutated = (byte[])content.Clone();
        for (var count = 1 + _random.Next(3); count > 0 && mutated.Length > 0; count--)
            mutated = isJson && _random.Next(2) == 0 ? MutateText(mutated) : MutateBytes(mutated, head);
        return mutated;
    }

    public bool Flip() => _random.Next(2) == 0;

    public int Next(int bound) => _random.Next(bound);

    private byte[] MutateBytes(byte[] bytes, int head)
    {
        var at = _random.Next(Flip() ? Math.Min(head, bytes.Length) : bytes.Length);
        var length = Math.Min(1 + _random.Next(Flip() ? 4 : 64), bytes.Length - at);
        switch (_random.Next(6))
        {
            case 0:
                bytes[at] ^= (byte)(1 << _random.Next(8));
                return bytes;
            case 1:
                bytes[at] = (byte)(Flip() ? _random.Next(256) : 0xFF * _random.Next(2));
                return bytes;
            case 2:
                var inserted = new byte[length];
                _random.NextBytes(inserted);
                return [.. bytes[..at], .. inserted, .. bytes[at..]];
            case 3:
                return [.. bytes[..at], .. bytes[(at + length)..]];
            case 4:
                return [.. bytes[..at], .. bytes.AsSpan(at, length), .. bytes[at..]];
            default:
                // Two ranges of the same length change places.
                var other = _random.Next(bytes.Length - length + 1);
                var kept = bytes.AsSpan(at, length).ToArray();
                bytes.AsSpan(other, length).ToArray().CopyTo(bytes, at);
                kept.CopyTo(bytes, other);
                return bytes;
        }
    }

    private byte[] MutateText(byte[] bytes)
    {
        var text = Encoding.Latin1.GetString(bytes);
        var numbers = NumberPattern().Matches(text);
        var tokens = TokenPattern().Matches(text);
        if (numbers.Count > 0 && Flip())
            return Replace(text, numbers[_random.Next(numbers.Count)], _numbers[_random.Next(_numbers.Length)]);
        if (tokens.Count == 0)
            return bytes;
        // One token takes another's place.
        return Replace(text, tokens[_random.Next(tokens.Count)], tokens[_random.Next(tokens.Count)].Value);
    }

    private static byte[] Replace(string text, Match match, string replacement)
        => Encoding.Latin1.GetBytes(text[..match.Index] + replacement + text[(match.Index + match.Length)..]);

    [GeneratedRegex(@"-?\d+(\.\d+)?([eE][-+]?\d+)?")]
    private static partial Regex NumberPattern();

    [GeneratedRegex("""
        "[^"]*"|[{}\[\]:,]|-?\d[\d.eE+-]*|true|false|null
        """)]
    private static partial Regex TokenPattern();
}
