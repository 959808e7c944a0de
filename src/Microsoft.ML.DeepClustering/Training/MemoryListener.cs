using Microsoft.ML.DeepClustering.Torch;

namespace Microsoft.ML.DeepClustering.Training;

/// <summary>Gives freed native memory back after each epoch, and within an epoch of many steps.</summary>
internal sealed class MemoryListener : ITrainingListener
{
    private const int Steps = 50;

    public void OnBatchEnd(TrainingPhase phase, int epoch, int batch, int batches)
    {
        if (batch % Steps == 0)
            FreedMemory.GiveBack();
    }

    public void OnEpochEnd(TrainingPhase phase, EpochRecord record) => FreedMemory.GiveBack();
}
