namespace Microsoft.ML.DeepClustering.Execution;

/// <summary>Marks a process that was started as a worker: by its arguments, and by a variable of its environment, which its own children inherit.</summary>
internal static class WorkerMark
{
    private const string Argument = "--deep-clustering-worker";
    private const string Variable = "DEEP_CLUSTERING_WORKER";

    /// <summary>Whether this process, or one that has started it, was started as a worker.</summary>
    public static bool IsSet => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 };

    /// <summary>The arguments of a worker.</summary>
    /// <param name="mark">Stands before each line that the worker writes.</param>
    public static string[] Arguments(string mark) => [Argument, mark];

    /// <summary>Marks the environment of a process that is to be started.</summary>
    public static void Set(IDictionary<string, string?> environment, string mark) => environment[Variable] = mark;

    /// <summary>The mark of this process; null when it was not started as a worker.</summary>
    /// <param name="arguments">Those of Main.</param>
    public static string? Find(string[] arguments)
        => arguments is [Argument, var mark] && Environment.GetEnvironmentVariable(Variable) == mark ? mark : null;
}
