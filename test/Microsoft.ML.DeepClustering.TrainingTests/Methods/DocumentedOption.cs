using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Microsoft.ML.DeepClustering.Tests.Methods;

/// <summary>A property of an options class, and what the library's XML documentation says of it.</summary>
/// <param name="Property">The property.</param>
/// <param name="Text">Its summary on one line, references by their names.</param>
/// <param name="Default">The default that the summary names, or that the remarks of the method's options name where each method has its own.</param>
internal sealed partial record DocumentedOption(PropertyInfo Property, string Text, string Default)
{
    /// <summary>What a property says whose default the method's options list in their remarks.</summary>
    public const string OfTheMethod = "the method's own";

    private static readonly Dictionary<string, XElement> Members = XDocument
        .Load(Path.ChangeExtension(typeof(DeepClusteringOptions).Assembly.Location, ".xml"))
        .Descendants("member").ToDictionary(m => m.Attribute("name")!.Value);

    /// <summary>All public properties that can be set.</summary>
    /// <param name="options">An options class.</param>
    public static IEnumerable<DocumentedOption> All(Type options)
    {
        var own = OwnDefaults(options);
        foreach (var property in options.GetProperties().Where(p => p.CanWrite))
        {
            var text = Line(Members[$"P:{property.DeclaringType!.FullName}.{property.Name}"].Element("summary")!);
            var named = DefaultSentence().Match(text).Groups["value"].Value;
            yield return new(property, text, named == OfTheMethod ? own.GetValueOrDefault(property.Name, "") : named);
        }
    }

    /// <summary>The names and defaults in the remarks of an options class, Name = value.</summary>
    public static IReadOnlyDictionary<string, string> OwnDefaults(Type options)
        => Members[$"T:{options.FullName}"].Element("remarks")?.Element("c") is { } list
            ? Line(list).Split(", ").ToDictionary(p => p.Split(" = ")[0], p => p.Split(" = ")[1])
            : new Dictionary<string, string>();

    /// <summary>Whether the default that is named is this value.</summary>
    public bool IsDefault(object? value) => Default switch
    {
        "null" => value is null,
        "None" when value is CancellationToken token => token == CancellationToken.None,
        ['"', .. var text, '"'] => text.Equals(value),
        _ when Default.StartsWith("new ", StringComparison.Ordinal) => value is not null && Default == $"new {value.GetType().Name}()" && AllAreDefault(value),
        _ => value is not null && Literal(value.GetType()).Equals(value),
    };

    private static bool AllAreDefault(object options) => All(options.GetType()).All(o => o.IsDefault(o.Property.GetValue(options)));

    private object Literal(Type type) => type.IsEnum ? Enum.Parse(type, Default) : Convert.ChangeType(Default, type, CultureInfo.InvariantCulture);

    private static string Line(XElement element) => Spaces().Replace(string.Concat(element.Nodes().Select(Shown)), " ").Trim();

    private static string Shown(XNode node) => node switch
    {
        XElement e when e.Attribute("cref") is { } reference => reference.Value.Split('(')[0].Split('.', ':')[^1],
        XElement e => e.Value,
        _ => ((XText)node).Value,
    };

    [GeneratedRegex("""Default: (?<value>the method's own|new \w+\(\)|"[^"]*"|-?\d+(\.\d+)?(e-?\d+)?|[A-Za-z]\w*)(\.|,|;| \()""")]
    private static partial Regex DefaultSentence();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
