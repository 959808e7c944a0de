namespace Microsoft.ML.DeepClustering.Execution;

/// <summary>Hands a run's progress on as messages.</summary>
/// <param name="messages">Takes them, at once.</param>
internal sealed class ProgressMessages(IProgress<RunMessage> messages) : IProgress<TrainingProgress>
{
    public void Report(TrainingProgress value) => messages.Report(new(Progress: value));
}
