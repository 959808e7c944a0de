using Microsoft.ML.DeepClustering.Torch;

namespace Microsoft.ML.DeepClustering.Training.Listeners;

/// <summary>Gives freed native memory back every so many steps.</summary>
internal sealed class MemoryListener : ITrainingListener
{
    // What a step of the perceptron leaves in holes of the heap is about a quarter of its weights.
    private const int Interval = 50;

    private int _steps;

    public void OnBatchEnd(TrainingPhase phase, int epoch, int batch, int batches)
    {
        if (++_steps % Interval == 0)
            FreedMemory.GiveBack();
    }
}
