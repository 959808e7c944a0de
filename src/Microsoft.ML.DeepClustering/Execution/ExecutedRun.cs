namespace Microsoft.ML.DeepClustering.Execution;

/// <summary>A run that an executor is to make.</summary>
/// <param name="Options">Those of a training of this run alone; see <see cref="RunText.OfOneRun"/>.</param>
/// <param name="Training">What its training is called before a line of the log, for example "k = 3, seed 5: "; empty for the only training.</param>
/// <param name="Index">The place of the run in its training, from 0.</param>
/// <param name="Runs">The number of runs of its training.</param>
internal sealed record ExecutedRun(DeepClusteringOptions Options, string Training, int Index, int Runs)
{
    /// <summary>The name of <see cref="RunRequest.Name"/>.</summary>
    public string Name => (Training.Length > 0, Runs > 1) switch
    {
        (true, false) => Training.TrimEnd(' ', ':'),
        _ => $"{Training}run {Index + 1} of {Runs}",
    };
}
