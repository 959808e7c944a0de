using System.Text.RegularExpressions;

namespace Microsoft.ML.DeepClustering.Tests.StandIns;

/// <summary>Holds types of a stand-in against the recorded surface of the real library. A stand-in may have less, never other or more.</summary>
internal static partial class ConformityComparison
{
    /// <summary>A sentence for each difference; empty if the stand-in conforms.</summary>
    /// <param name="assembly">The real assembly's simple name.</param>
    /// <param name="types">The stand-in's visible types.</param>
    /// <param name="api">The real libraries' surface.</param>
    public static IReadOnlyList<string> Differences(string assembly, IEnumerable<Type> types, ConformityApi api)
        => types.SelectMany(type => api.Find(assembly, ConformityLines.TypeName(type)) is { } real
            ? DeclarationDifferences(type, real).Concat(MemberDifferences(type, real))
            : [UnknownType(assembly, ConformityLines.TypeName(type), api)]).ToList();

    private static string UnknownType(string assembly, string name, ConformityApi api)
    {
        var elsewhere = api.Types.FirstOrDefault(t => t.Name == name);
        if (elsewhere != null)
            return $"{assembly} | {name}: the real library has this type in {elsewhere.Assembly}";
        return $"{assembly} | {name}: the real library has no such type; nearest: {Nearest(name, api.Types.Select(t => t.Name))}";
    }

    private static IEnumerable<string> DeclarationDifferences(Type type, ConformityApi.RealType real)
    {
        var where = $"{real.Assembly} | {real.Name}";
        if (ConformityLines.Kind(type) != real.Kind)
            yield return $"{where}: declared as '{ConformityLines.Kind(type)}'; the real one: {real.Declaration}";

        var realBase = real.Bases.Count > 0 && !InterfaceName().IsMatch(real.Bases[0].Split('<')[0]) ? real.Bases[0] : null;
        var ownBase = ConformityLines.BaseName(type);
        if (ownBase != realBase)
            yield return $"{where}: its base class is {ownBase ?? "none"}; the real one: {realBase ?? "none"}";

        // What an enum or a delegate implements is the runtime's, not the library's.
        if (type.IsEnum || typeof(Delegate).IsAssignableFrom(type))
            yield break;
        foreach (var extra in ConformityLines.InterfaceNames(type).Except(real.Bases))
            yield return $"{where}: implements {extra}, which the real one does not";
    }

    private static IEnumerable<string> MemberDifferences(Type type, ConformityApi.RealType real)
    {
        foreach (var line in ConformityLines.MemberLines(type).Where(line => !real.Members.Contains(line)))
        {
            var sameName = real.Members.Where(m => MemberName(m) == MemberName(line)).ToList();
            yield return $"{real.Assembly} | {real.Name}: {line}\n    nearest: {Nearest(line, sameName.Count > 0 ? sameName : real.Members)}";
        }

        // Code that implements a real interface or class must implement these; a stand-in without them would hide that.
        if (type is { IsInterface: false, IsAbstract: false } or { IsSealed: true } || !CanBeDerivedFrom(type))
            yield break;
        var own = ConformityLines.MemberLines(type).ToHashSet();
        foreach (var missing in real.Members.Where(m => m.Contains(" abstract ", StringComparison.Ordinal) && !own.Contains(m)))
            yield return $"{real.Assembly} | {real.Name}: lacks the abstract member {missing}";
    }

    private static bool CanBeDerivedFrom(Type type)
        => type.IsInterface || ConformityLines.MemberLines(type).Any(m => m.Contains(" .ctor(", StringComparison.Ordinal));

    /// <summary>The word before the parameters, the accessors or the value: <c>Append</c>, <c>.ctor</c>, <c>Item</c>.</summary>
    private static string MemberName(string line) => MemberNameInLine().Match(line).Groups[1].Value;

    private static string Nearest(string text, IEnumerable<string> candidates)
        => candidates.MinBy(candidate => EditDistance(text, candidate)) ?? "none";

    private static int EditDistance(string a, string b)
    {
        var previous = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var current = new int[b.Length + 1];
            current[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var replaced = previous[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                current[j] = Math.Min(replaced, Math.Min(previous[j], current[j - 1]) + 1);
            }

            previous = current;
        }

        return previous[b.Length];
    }

    [GeneratedRegex(@"[.+]I[A-Z][^.+]*$")]
    private static partial Regex InterfaceName();

    [GeneratedRegex(@" ([\w.]+)(?:<[^()]*>)?(?:\(.*|\[.*| \{.*| = .*)?$", RegexOptions.Singleline)]
    private static partial Regex MemberNameInLine();
}
