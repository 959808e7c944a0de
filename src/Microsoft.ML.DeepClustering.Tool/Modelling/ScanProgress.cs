namespace Microsoft.ML.DeepClustering.Tool.Modelling;

/// <summary>The share of a scan that is done, by its trainings and, in each, by its epochs of the first phase.</summary>
internal sealed class ScanProgress(IProgress<double> share, int trainings) : IProgress<TrainingProgress>
{
    private int _begun;
    private string? _phase;
    private int _epoch;

    public void Report(TrainingProgress value)
    {
        // A training begins where a phase or the count of its epochs begins anew.
        if (_begun == 0 || (value.Epoch < _epoch && value.Phase == _phase))
            _begun++;
        (_phase, _epoch) = (value.Phase, value.Epoch);
        share.Report(Math.Min(1, (_begun - 1 + (double)value.Epoch / value.Epochs) / trainings));
    }
}
