using System.Text;
using static System.FormattableString;

namespace Microsoft.ML.DeepClustering.Reporting;

/// <summary>The style sheet of the pictures: with variables for a page, with the colours themselves for a file, which more programs can read.</summary>
internal static class ChartStyle
{
    // The dashes of series; markers and colours change with another period, so that 210 series differ.
    private static readonly string[] Dashes = ["none", "7 3", "2 3", "9 3 2 3", "14 4", "5 2 2 2 2 2"];

    /// <summary>How many dashes there are.</summary>
    public static int DashCount => Dashes.Length;

    /// <summary>The variables of both themes, and the rules that use them.</summary>
    public static string ForPage()
    {
        static string Variables(bool dark) => string.Concat(Theme.Colours.Keys.Select(name => $"--{name}:{Theme.Pick(name, dark)};"));
        return $$"""
            :root{{{Variables(dark: false)}}}
            {{Rules(name => $"var(--{name})")}}{{HeatText(dark: false)}}
            @media screen and (prefers-color-scheme:dark){
            :root{{{Variables(dark: true)}}}
            {{HeatText(dark: true)}}}
            """;
    }

    /// <summary>The light colours, and the dark ones where the reader prefers them.</summary>
    public static string ForFile() => $$"""
        {{Rules(name => Theme.Pick(name, dark: false))}}{{HeatText(dark: false)}}
        @media screen and (prefers-color-scheme:dark){
        {{Rules(name => Theme.Pick(name, dark: true))}}{{HeatText(dark: true)}}}
        """;

    private static string Rules(Func<string, string> colour)
    {
        var rules = new StringBuilder($$"""
            .chart text{font:13px system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",Arial,sans-serif;fill:{{colour("text")}}}
            .chart text.m{fill:{{colour("muted")}}}
            .chart text.small{font-size:12px}
            .chart text.mid{text-anchor:middle}
            .chart text.end{text-anchor:end}
            .chart text.halo{font-weight:700;paint-order:stroke;stroke:{{colour("bg")}};stroke-width:4px;stroke-linejoin:round}
            .chart .ground{fill:{{colour("bg")}}}
            .chart .grid{stroke:{{colour("grid")}};fill:none}
            .chart .axis{stroke:{{colour("muted")}};fill:none}
            .chart .reference{stroke:{{colour("text")}};stroke-dasharray:6 4}
            .chart .heat{fill:{{colour("heat")}}}
            .chart .chosen{fill:none;stroke:{{colour("text")}};stroke-width:2}
            .chart .line{fill:none;stroke-width:2;stroke-linejoin:round}
            .chart image{image-rendering:pixelated}

            """);
        for (var i = 0; i < Dashes.Length; i++)
            rules.Append(Invariant($".chart .d{i}{{stroke-dasharray:{Dashes[i]}}}"));
        for (var i = 0; i < Theme.SeriesColours; i++)
        {
            var series = colour(Invariant($"s{i}"));
            rules.Append(Invariant($".chart .l{i}{{stroke:{series}}}.chart .f{i}{{fill:{series};stroke:none}}.chart .o{i}{{fill:none;stroke:{series};stroke-width:1.2}}\n"));
        }

        return rules.ToString();
    }

    private static string HeatText(bool dark) => string.Concat(Enumerable.Range(0, Theme.HeatSteps + 1)
        .Select(step => Invariant($".chart .t{step}{{fill:{(Theme.BlackOnHeat(step, dark) ? "#000000" : "#ffffff")}}}")));
}
