using System.Globalization;
using Microsoft.ML.DeepClustering.Tool.Input;
using Microsoft.ML.DeepClustering.Tool.Progress;

namespace Microsoft.ML.DeepClustering.Tool.Commands;

/// <summary>Says what was read and what becomes of it.</summary>
internal static class Introduction
{
    public static void Say(ToolConsole console, InputRequest request, LoadedInput input)
    {
        var what = input.Description.Kind is InputKind.Images or InputKind.Idx ? "images" : "rows";
        var separator = input.Description.Separator switch { null => "", "\t" => ", separated by tabs", { } text => $", separated by \"{text}\"" };
        var header = input.Description.HasHeader switch { null => "", true => ", the first line has the names (--no-header: it is a row)", false => ", without names" };
        console.Line($"{request.Path}: {input.Rows.ToString("N0", CultureInfo.InvariantCulture)} {what}{separator}{header}");
        foreach (var note in input.Notes)
            console.Line($"  {note}");
    }
}
