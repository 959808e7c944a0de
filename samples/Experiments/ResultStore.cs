using System.Text.Json;
using Microsoft.ML.DeepClustering.Persistence;

namespace Experiments;

/// <summary>A folder with a file a finished run, and its model beside it. A file is whole or not there.</summary>
internal sealed class ResultStore(string folder)
{
    private const double Rounding = 1e-9;

    public string Folder => folder;

    /// <summary>The result of a job, or null when it was not finished.</summary>
    /// <param name="job">The job.</param>
    /// <param name="inAnyPrecision">Whether a result of the same in another precision counts too, where there is none with a model in the job's.</param>
    public RunResult? Find(Job job, bool inAnyPrecision = false)
    {
        var exact = FindExactly(job);
        if (!inAnyPrecision || exact is { Failure: null })
            return exact;
        return job.InOtherPrecisions().Select(FindExactly).FirstOrDefault(r => r is { Failure: null }) ?? exact;
    }

    private RunResult? FindExactly(Job job)
    {
        var path = ResultPath(job);
        return File.Exists(path) && WholeOrNull(path) is { } result && result.Job.Key() == job.Key() ? result : null;
    }

    /// <summary>Writes the result last: where it is, the model is whole.</summary>
    public void Add(RunResult result)
        => AtomicFile.Write(ResultPath(result.Job), stream => JsonSerializer.Serialize(stream, result, JsonFormat.OneLine));

    /// <summary>All results in the folder, each job once, in the order of their names.</summary>
    /// <exception cref="InvalidDataException">A file is no whole result.</exception>
    public IReadOnlyList<RunResult> All()
    {
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException($"There is no folder {folder}; name the one with the results by --results.");
        return Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal).Select(Whole).DistinctBy(r => r.Job.Key()).ToArray();
    }

    public string ModelPath(Job job) => Path.Combine(folder, $"{job.FileName()}.zip");

    /// <summary>Where a run in hand keeps its state; it is deleted once the result is written.</summary>
    public string CheckpointPath(Job job) => Path.Combine(folder, $"{job.FileName()}.checkpoint");

    private static RunResult Whole(string path)
    {
        var result = JsonFormat.Read<RunResult>(path);
        if (result.Failure is not null)
            return result;
        foreach (var measure in FigureRow.Measures)
        {
            if (!result.Measures.TryGetValue(measure, out var value))
                throw new InvalidDataException($"{path} is no whole result: it has no {measure}. Delete it, or make its run again.");
            if (value is not (>= -Rounding and <= 1 + Rounding))
                throw new InvalidDataException(FormattableString.Invariant($"{path} is damaged: its {measure} is {value}, and must be from 0 to 1. Delete it, or make its run again."));
        }

        return result;
    }

    private static RunResult? WholeOrNull(string path)
    {
        try
        {
            return Whole(path);
        }
        catch (InvalidDataException)
        {
            // From a disk that lost the end of it, for example: the run is made again.
            return null;
        }
    }

    private string ResultPath(Job job) => Path.Combine(folder, $"{job.FileName()}.json");

    /// <summary>
    /// Makes the folder, lets no other runner in until the lock is disposed or the process ends, and clears what killed runs left half written.
    /// </summary>
    public IDisposable Open()
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"{folder} cannot be made a folder for the results; name another one with --results. ({e.Message})", e);
        }

        FileStream only;
        try
        {
            only = new FileStream(Path.Combine(folder, ".lock"), FileMode.OpenOrCreate, FileAccess.Write, FileShare.None);
        }
        catch (IOException e)
        {
            throw new IOException($"Another runner is at work in {folder}; wait for it, or name another folder with --results. ({e.Message})", e);
        }

        foreach (var partial in Directory.EnumerateFiles(folder, ".*.tmp"))
            File.Delete(partial);
        return only;
    }
}
