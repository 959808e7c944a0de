using System.Text.RegularExpressions;

namespace Microsoft.ML.DeepClustering.Tests.StandIns;

/// <summary>The public surface of the real libraries, as <c>build/standins/api/*.txt</c> records it: <c>assembly | type | line</c>.</summary>
internal sealed partial class ConformityApi
{
    private readonly Dictionary<(string Assembly, string Type), RealType> _types = [];

    /// <summary>All types, in the order of the files.</summary>
    public IReadOnlyCollection<RealType> Types => _types.Values;

    /// <summary>Reads lines; one that does not start with an assembly's name goes on with the line before it (a default value holds a line break).</summary>
    public static ConformityApi Parse(IEnumerable<string> lines)
    {
        var api = new ConformityApi();
        foreach (var line in Joined(lines))
        {
            var parts = line.Split(" | ", 3);
            var key = (parts[0], parts[1]);
            if (!api._types.TryGetValue(key, out var type))
                api._types.Add(key, type = new RealType(parts[0], parts[1]));
            if (TypeLine().IsMatch(parts[2]))
                type.Declaration = parts[2];
            else
                type.Members.Add(parts[2]);
        }

        return api;
    }

    /// <summary>Reads all files of a folder.</summary>
    public static ConformityApi Read(string folder)
        => Parse(Directory.GetFiles(folder, "*.txt").Order(StringComparer.Ordinal).SelectMany(File.ReadLines));

    /// <summary>The real type of that name in that assembly, or null.</summary>
    public RealType? Find(string assembly, string type) => _types.GetValueOrDefault((assembly, type));

    private static IEnumerable<string> Joined(IEnumerable<string> lines)
    {
        string? current = null;
        foreach (var line in lines)
        {
            if (current != null && LineStart().IsMatch(line))
            {
                yield return current;
                current = null;
            }

            current = current == null ? line : current + "\n" + line;
        }

        if (current != null)
            yield return current;
    }

    [GeneratedRegex(@"^(Microsoft\.ML\.\w+|TorchSharp) \| ")]
    private static partial Regex LineStart();

    [GeneratedRegex(@"^((static|abstract|sealed) )?(class|struct|interface|enum)( : |$)")]
    private static partial Regex TypeLine();

    /// <summary>One type of a real library.</summary>
    internal sealed class RealType(string assembly, string name)
    {
        public string Assembly { get; } = assembly;

        public string Name { get; } = name;

        public string Declaration { get; set; } = "";

        public HashSet<string> Members { get; } = [];

        public string Kind => Declaration.Split(" : ", 2)[0];

        /// <summary>Base class, if any, then interfaces.</summary>
        public IReadOnlyList<string> Bases => Declaration.Split(" : ", 2) is [_, var bases] ? SplitOutsideBrackets(bases) : [];

        private static List<string> SplitOutsideBrackets(string text)
        {
            var parts = new List<string>();
            var (depth, start) = (0, 0);
            for (var i = 0; i < text.Length; i++)
            {
                depth += text[i] switch { '<' => 1, '>' => -1, _ => 0 };
                if (text[i] != ',' || depth > 0)
                    continue;
                parts.Add(text[start..i]);
                start = i + 2;
            }

            parts.Add(text[start..]);
            return parts;
        }
    }
}
