using Microsoft.ML.DeepClustering.Data;
using Microsoft.ML.DeepClustering.Training;

namespace Microsoft.ML.DeepClustering.Execution;

/// <summary>
/// Takes the runs of a training from where an executor has made them, as a checkpoint takes them from an earlier process: when the training begins, all
/// its runs have ended.
/// </summary>
/// <param name="addRuns">The seed of the first run -> adds the runs to the training's, in the order of their indices.</param>
internal sealed class RunsElsewhere(Action<int> addRuns) : ICheckpointer
{
    /// <summary>What has the options' executor make all runs of a training.</summary>
    /// <param name="options">With an executor.</param>
    /// <param name="shape">The shape of a sample.</param>
    /// <param name="classes">Of each row, or null.</param>
    public static CheckpointerFactory CreateFactory(DeepClusteringOptions options, InputShape shape, IReadOnlyList<int>? classes)
        => (selection, features, environment) => new RunsElsewhere(seed =>
        {
            using var made = new ExecutedRuns(Plan(options, seed, ""), options, shape, features, classes, environment);
            for (var run = 0; run < options.NumberOfRuns; run++)
                made.AddTo(selection, run);
        });

    /// <summary>What takes the runs of one training from those of a scan, which have been made.</summary>
    /// <param name="made">The runs of the scan.</param>
    /// <param name="first">The place of the training's first run among them.</param>
    /// <param name="count">The number of its runs.</param>
    public static CheckpointerFactory CreateFactory(ExecutedRuns made, int first, int count) => (selection, _, _) => new RunsElsewhere(_ =>
    {
        for (var run = 0; run < count; run++)
            made.AddTo(selection, first + run);
    });

    /// <summary>The runs of a training, whose seeds count up.</summary>
    /// <param name="options">Of the training.</param>
    /// <param name="seed">Of the first run.</param>
    /// <param name="name">What the training is called before a line of the log; empty for the only one.</param>
    public static IReadOnlyList<ExecutedRun> Plan(DeepClusteringOptions options, int seed, string name)
        => [.. Enumerable.Range(0, options.NumberOfRuns).Select(i => new ExecutedRun(RunText.OfOneRun(options, unchecked(seed + i)), name, i, options.NumberOfRuns))];

    public int Begin(int seed)
    {
        addRuns(seed);
        return seed;
    }

    public bool IsPast(Run run) => false;

    public PhaseProgress? Restore(Run run) => null;

    public void Skip(Run run)
    {
    }

    public void Save(Run run)
    {
    }

    public void Finish(Run run)
    {
    }
}
