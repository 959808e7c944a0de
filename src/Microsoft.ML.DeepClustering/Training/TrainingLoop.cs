#nullable disable
using System.Diagnostics;
using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Training;

/// <summary>Trains one phase of a method. It knows neither the method nor what listens.</summary>
internal sealed class TrainingLoop(ClusteringMethod method, TrainingContext context, IReadOnlyList<ITrainingListener> listeners)
{
    public void Run(TrainingPhase phase)
    {
        if (phase.Reused is not null)
        {
            Reuse(phase);
            return;
        }

        using var evaluationOrder = context.Shuffled();
        phase.OnStart(context);

        for (var epoch = 1; epoch <= phase.Epochs; epoch++)
        {
            var watch = Stopwatch.StartNew();
            phase.OnEpochStart(context, epoch);
            method.train();
            using var order = context.Shuffled();
            var means = Epoch(order, phase, epoch);
            phase.OnEpochEnd(context, epoch);

            var last = epoch == phase.Epochs || phase.HasConverged;
            double? evaluation = last || (phase.EvaluationInterval > 0 && epoch % phase.EvaluationInterval == 0)
                ? Evaluate(evaluationOrder, phase).Values.Sum()
                : null;
            var record = new EpochRecord(phase.Name, epoch, means, means.Values.Sum(), evaluation, watch.Elapsed.TotalSeconds);
            foreach (var listener in listeners)
                record = listener.Complete(phase, record);
            phase.OnRecord(record);
            foreach (var listener in listeners)
                listener.OnEpochEnd(phase, record);
            if (last)
                break;
        }
    }

    private void Reuse(TrainingPhase phase)
    {
        foreach (var record in phase.Reused)
        {
            foreach (var listener in listeners)
                listener.OnReusedEpoch(phase, record);
        }
    }

    private Dictionary<string, double> Epoch(Tensor order, TrainingPhase phase, int epoch)
    {
        using var sums = new LossSums();
        var batches = Batches(phase);
        for (var b = 0; b < batches.Count; b++)
        {
            using (NewDisposeScope())
            {
                phase.OnBatchStart(context);
                var indices = order.narrow(0, batches[b].Start, batches[b].Size);
                var rows = context.Data.index_select(0, indices);
                var terms = phase.Loss(rows, indices);
                foreach (var listener in listeners)
                    listener.OnLoss(terms);
                method.zero_grad();
                terms.Total().backward();
                phase.AdjustGradients();
                phase.Optimizer.step();
                phase.OnBatchEnd(rows, indices);
                sums.Add(terms, batches[b].Size);
            }

            context.Cancellation.ThrowIfCancellationRequested();
            foreach (var listener in listeners)
                listener.OnBatchEnd(phase, epoch, b + 1, batches.Count);
        }

        return sums.Means();
    }

    // The loss in inference mode, over batches that are the same at every evaluation.
    private Dictionary<string, double> Evaluate(Tensor order, TrainingPhase phase)
    {
        using var sums = new LossSums();
        method.eval();
        using (no_grad())
        {
            foreach (var (start, size) in Batches(phase))
            {
                using var scope = NewDisposeScope();
                var indices = order.narrow(0, start, size);
                sums.Add(phase.Loss(context.Data.index_select(0, indices), indices), size);
                context.Cancellation.ThrowIfCancellationRequested();
            }
        }

        return sums.Means();
    }

    private List<(long Start, long Size)> Batches(TrainingPhase phase)
    {
        var size = Math.Min(phase.BatchSize, context.Rows);
        var batches = new List<(long, long)>();
        for (var start = 0L; start < context.Rows; start += size)
        {
            var rows = Math.Min(size, context.Rows - start);
            if (rows == size || !phase.DropsLastBatch)
                batches.Add((start, rows));
        }

        return batches;
    }
}
