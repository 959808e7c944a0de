using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using TorchSharp;

namespace Microsoft.ML.DeepClustering.Torch;

/// <summary>The reason that the system's own loader gives for not loading libtorch, and what helps.</summary>
/// <param name="Text">On one line.</param>
/// <param name="Remedy">As the end of a sentence.</param>
internal sealed partial record LoaderWords(string Text, string Remedy)
{
    private static readonly string[] Libraries = ["torch_cpu", "LibTorchSharp"];

    /// <summary>
    /// From the text of an error, or else from trying to load libtorch once more: TorchSharp's own error does not have them. Null when there
    /// is nothing to say but that a library is not there, or when it loads.
    /// </summary>
    public static LoaderWords? Find(string text) => Parse(text) ?? Libraries.Select(TryToLoad).Select(Parse).FirstOrDefault(w => w is not null);

    /// <summary>The line of the text that says more than that a file is not where it was sought.</summary>
    internal static LoaderWords? Parse(string text)
    {
        foreach (var line in text.Split('\n').Select(l => l.Trim()))
        {
            if (OldVersion().Match(line) is { Success: true } old)
                return new(line, $"run the program on a system whose {old.Groups["library"].Value} is newer: Debian 13, Ubuntu 24.04 or later, for example");
            if (Undefined().IsMatch(line))
                return new(line, "use the versions of TorchSharp and of its native packages that belong together");
            if (Damaged().IsMatch(line))
                return new(line, "the file is damaged or of another system: delete the program's output folder, restore its packages anew and build again");
            if (Absent().Match(line) is { Success: true } absent && !IsOwn(absent.Groups["library"].Value))
                return new(line, $"install the package of the system that has {absent.Groups["library"].Value}");
        }

        return null;
    }

    private static string TryToLoad(string library)
    {
        try
        {
            NativeLibrary.Load(library, typeof(torch).Assembly, null);
            return "";
        }
        catch (Exception fault) when (fault is DllNotFoundException or BadImageFormatException)
        {
            return fault.Message;
        }
    }

    // Names with a folder are places where .NET looked; libgomp with a checksum in its name is libtorch's own.
    private static bool IsOwn(string library) => library.Contains("torch", StringComparison.OrdinalIgnoreCase) || library.Contains('/') || library.StartsWith("libc10", StringComparison.Ordinal) || library.StartsWith("libgomp-", StringComparison.Ordinal);

    [GeneratedRegex(@"(?<library>[^/\s:]+): version [`'""]\S+?['""] not found")]
    private static partial Regex OldVersion();

    [GeneratedRegex("undefined symbol|symbol not found", RegexOptions.IgnoreCase)]
    private static partial Regex Undefined();

    [GeneratedRegex("invalid ELF header|file too short|wrong ELF class|not a mach-o file|cannot read file data|ELF load command", RegexOptions.IgnoreCase)]
    private static partial Regex Damaged();

    [GeneratedRegex(@"^(?<library>\S+): cannot open shared object file")]
    private static partial Regex Absent();
}
