namespace Microsoft.ML.DeepClustering.Training;

/// <summary>Keeps nothing: every training begins anew.</summary>
internal sealed class NoCheckpoints : ICheckpointer
{
    public int Begin(int seed) => seed;

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
