using Microsoft.ML.DeepClustering.Torch;

namespace Microsoft.ML.DeepClustering.Training.Listeners;

/// <summary>Gives freed native memory back to the system every 50 training steps.</summary>
internal sealed class MemoryListener : ITrainingListener
{
    // A step of the perceptron leaves about a quarter of the size of its weights in holes of the heap.
    private const int Interval = 50;

    private int _steps;

    public void OnBatchEnd(TrainingPhase phase, int epoch, int batch, int batches)
    {
        if (++_steps % Interval == 0)
            FreedMemory.GiveBack();
    }
}
