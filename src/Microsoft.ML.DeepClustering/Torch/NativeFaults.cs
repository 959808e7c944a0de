using System.Reflection;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using TorchSharp;

namespace Microsoft.ML.DeepClustering.Torch;

/// <summary>
/// Explains faults of libtorch to a user: a library that is missing or of another version, and too little memory. TorchSharp's versions throw different
/// exceptions for them, and the texts of CPU and GPU differ. All other faults pass unchanged.
/// </summary>
internal static partial class NativeFaults
{
    // In the names of all parts of libtorch and of TorchSharp's own native part, and of the packages that have them.
    private static readonly string[] LibraryNames = ["libtorch", "torch_cpu", "torch_cuda"];

    private static readonly string[] MemoryTexts =
        ["out of memory", "can't allocate memory", "cannot allocate memory", "not enough memory", "bad_alloc", "bad allocation", "ALLOC_FAILED"];

    /// <summary>Runs what calls libtorch.</summary>
    /// <param name="work">What is run.</param>
    /// <param name="name">Its name as the start of a sentence, for example "The training".</param>
    /// <param name="remedy">What to do when its memory does not suffice.</param>
    /// <exception cref="InvalidOperationException">libtorch is missing, or of another version than TorchSharp.</exception>
    /// <exception cref="InsufficientMemoryException">The memory does not suffice.</exception>
    public static T Translate<T>(Func<T> work, string name, Func<string> remedy)
    {
        try
        {
            return work();
        }
        catch (CallerFault fault) when (fault.InnerException is { } own)
        {
            ExceptionDispatchInfo.Throw(own);
            throw;
        }
        catch (Exception fault) when (Explain(fault, name, remedy) is { } explained)
        {
            throw explained;
        }
    }

    /// <inheritdoc cref="Translate{T}"/>
    public static void Translate(Action work, string name, Func<string> remedy) => Translate<object?>(
        () =>
        {
            work();
            return null;
        },
        name,
        remedy);

    /// <summary>What the user is told of a fault, or null when it is another one or was told already.</summary>
    internal static Exception? Explain(Exception fault, string name, Func<string> remedy)
    {
        if (fault is InsufficientMemoryException)
            return null;
        var (cause, isTorch) = (fault, IsOfTorch(fault));
        while (cause is TypeInitializationException or TargetInvocationException or AggregateException && cause.InnerException is { } inner)
        {
            cause = inner;
            isTorch |= IsOfTorch(cause);
        }

        if (cause is OutOfMemoryException || (cause is ExternalException && Has(cause.Message, MemoryTexts)))
            return new InsufficientMemoryException($"{name} needs more memory than there is{Request(cause.Message)}; {remedy()}.", fault);
        if (cause is EntryPointNotFoundException && (isTorch || Has(cause.Message, ["torch"])))
            return new InvalidOperationException($"libtorch, the native library that TorchSharp computes with, is of another version than TorchSharp; {Packages()}.", fault);
        return isTorch || IsOfLoading(cause) ? new InvalidOperationException(NotLoaded(cause.Message), fault) : null;
    }

    private static string NotLoaded(string text)
    {
        const string start = "libtorch, the native library that TorchSharp computes with, could not be loaded";
        return LoaderWords.Find(text) is { } words ? $"{start} ({words.Text}); {words.Remedy}." : $"{start}; {Packages()}.";
    }

    // All of TorchSharp's own initialisers call the native part.
    private static bool IsOfTorch(Exception fault)
        => fault is TypeInitializationException { TypeName: { } type } && type.StartsWith("TorchSharp.", StringComparison.Ordinal);

    // A file of the caller's own may lie in a folder whose name has these names; a library's own name has them.
    private static bool IsOfLoading(Exception fault) => fault switch
    {
        DllNotFoundException or NotSupportedException => Has(fault.Message, LibraryNames),
        BadImageFormatException or FileNotFoundException or FileLoadException => LibraryFile().IsMatch(fault.Message),
        _ => false,
    };

    private static bool Has(string text, string[] parts) => parts.Any(p => text.Contains(p, StringComparison.OrdinalIgnoreCase));

    // Asking for the type's assembly does not load the native part.
    private static string Packages()
        => $"add the package TorchSharp-cpu, or TorchSharp-cuda-linux or TorchSharp-cuda-windows for a GPU, in version {typeof(torch).Assembly.GetName().Version?.ToString(3)} to the program";

    private static string Request(string text) => AllocationPattern().Match(text) is { Success: true } match ? $" (it asked for {match.Groups[1].Value})" : "";

    // The last part of a path, such as libtorch_cpu.so, LibTorchSharp.dll or libtorch.so.2.
    [GeneratedRegex(@"(?<![\w.-])(lib)?torch(sharp|_\w+)?\.(so|dll|dylib)(?![\w/\\])", RegexOptions.IgnoreCase)]
    private static partial Regex LibraryFile();

    [GeneratedRegex(@"tried to allocate (\d+(?:\.\d+)? \w+)", RegexOptions.IgnoreCase)]
    private static partial Regex AllocationPattern();
}
