using System.Diagnostics;
using Microsoft.ML.DeepClustering.Persistence;
using Microsoft.ML.DeepClustering.Scoring;

namespace Microsoft.ML.DeepClustering.Tests.Persistence;

/// <summary>What became of a damaged or forged file.</summary>
internal enum LoadingOutcome
{
    /// <summary>It loads and is the same in every option, weight and number of the history.</summary>
    LoadedEqual,

    /// <summary>It loads with other values and scores finite numbers.</summary>
    LoadedOther,

    /// <summary>It is refused with a typed sentence.</summary>
    Refused,

    /// <summary>It loads, and scoring says in a sentence that the scores are not finite.</summary>
    RefusedInScoring,
}

/// <summary>Tries damaged files and holds that each is loaded or refused in a typed sentence, and nothing else.</summary>
internal sealed class Loading
{
    private const int LongestSentence = 800;

    // Far above what a file of this size takes on a busy machine: only a hang is longer.
    private static readonly TimeSpan _longestLoading = TimeSpan.FromSeconds(10);

    private readonly int[] _counts = new int[Enum.GetValues<LoadingOutcome>().Length];

    public int this[LoadingOutcome outcome] => _counts[(int)outcome];

    public override string ToString() => string.Join(", ", Enum.GetValues<LoadingOutcome>().Select(o => $"{o} {this[o]}"));

    /// <summary>Reads entries; what is refused must name one of them.</summary>
    public LoadingOutcome Try(TinyModel original, IReadOnlyDictionary<string, byte[]> entries, string what) => Try(
        () => TinyModel.Read(entries),
        model => Score(original, model),
        error =>
        {
            IsOneSentence(error, what);
            Assert.IsTrue(original.Entries.Keys.Any(error.GetBaseException().Message.Contains), $"{what}: {error.Message}");
        },
        what);

    /// <summary>Loads a zip as a user does.</summary>
    public LoadingOutcome TryZip(TinyModel original, byte[] zip, string what) => Try(
        () => TinyModel.Load(zip), model => Score(original, model.Trained), error => CheckZipError(error, what), what);

    private LoadingOutcome Try<T>(Func<T> load, Func<T, LoadingOutcome> score, Action<Exception> check, string what)
        where T : IDisposable
    {
        var watch = Stopwatch.StartNew();
        LoadingOutcome outcome;
        try
        {
            using var model = load();
            outcome = score(model);
        }
        catch (Exception error)
        {
            check(error);
            outcome = LoadingOutcome.Refused;
        }

        Assert.IsLessThan(_longestLoading, watch.Elapsed, what);
        Interlocked.Increment(ref _counts[(int)outcome]);
        return outcome;
    }

    // What ML.NET's reader says of its own parts of the file is its own affair, as long as it asks for no memory; what reaches the library's entries is not.
    private static void CheckZipError(Exception error, string what)
    {
        var text = error.ToString();
        if (text.Contains("Microsoft.ML.DeepClustering.Persistence.", StringComparison.Ordinal))
            IsOneSentence(error, what);
        else
            Assert.IsFalse(error.GetBaseException() is OutOfMemoryException or NullReferenceException || !text.Contains("   at Microsoft.ML.", StringComparison.Ordinal), $"{what}: {text}");
    }

    private static void IsOneSentence(Exception error, string what)
    {
        var cause = error.GetBaseException();
        Assert.IsTrue(cause is InvalidDataException or FormatException, $"{what}: {error}");
        Assert.IsFalse(cause.Message.Contains('\n') || cause.Message.Length > LongestSentence, $"{what}: {cause.Message}");
    }

    private static LoadingOutcome Score(TinyModel original, TrainedModel model)
    {
        try
        {
            TinyModel.Score(model);
        }
        catch (InvalidOperationException error) when (error.Message.Contains("are not finite numbers", StringComparison.Ordinal))
        {
            return LoadingOutcome.RefusedInScoring;
        }

        return ModelFile.Write(model).All(e => e.Content.AsSpan().SequenceEqual(original.Entries[e.Name])) ? LoadingOutcome.LoadedEqual : LoadingOutcome.LoadedOther;
    }
}
