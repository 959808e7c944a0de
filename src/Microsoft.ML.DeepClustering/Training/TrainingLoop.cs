using System.Diagnostics;
using Microsoft.ML.DeepClustering.Torch;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Training;

/// <summary>Trains one phase. It knows no clustering method and nothing of what is done between two epochs.</summary>
/// <param name="network">What the phase trains.</param>
/// <param name="context">The data and the source of randomness.</param>
/// <param name="listeners">Told of every batch and epoch, in this order.</param>
internal sealed class TrainingLoop(nn.Module network, TrainingContext context, IReadOnlyList<ITrainingListener> listeners)
{
    /// <summary>Trains the phase from where it stands to its last epoch. Each record comes when its epoch is over, before the next one begins.</summary>
    public IEnumerable<EpochRecord> Train(TrainingPhase phase, PhaseProgress progress)
    {
        while (!progress.HasEnded)
        {
            var watch = Stopwatch.StartNew();
            var epoch = progress.Epoch + 1;
            phase.OnEpochStart(context, epoch);
            var losses = TrainEpoch(phase, epoch);
            // Weights that are NaN would only be carried further, into the centroids for example.
            var isFinite = losses.Values.All(double.IsFinite);
            if (isFinite)
                phase.OnEpochEnd(context, epoch);
            progress.Advance(isLast: epoch >= phase.Epochs || phase.HasConverged);
            double? evaluation = isFinite && (progress.HasEnded || phase.IsEvaluatedAfter(epoch)) ? Evaluate(phase, progress.EvaluationOrder) : null;
            yield return Report(phase, new(phase.Name, epoch, losses, losses.Values.Sum(), evaluation, watch.Elapsed.TotalSeconds));
        }
    }

    private Dictionary<string, double> TrainEpoch(TrainingPhase phase, int epoch)
    {
        network.train();
        using var order = context.Shuffled();
        using var sums = new LossSums();
        var batches = phase.Batches(context.Rows);
        for (var b = 0; b < batches.Count; b++)
        {
            using (NewDisposeScope())
                sums.Add(Step(phase, order.narrow(0, batches[b].Start, batches[b].Size)), batches[b].Size);
            context.Cancellation.ThrowIfCancellationRequested();
            foreach (var listener in listeners)
                listener.OnBatchEnd(phase, epoch, b + 1, batches.Count);
        }

        return sums.Means();
    }

    private LossTerms Step(TrainingPhase phase, Tensor indices)
    {
        phase.OnBatchStart(context);
        var rows = context.Data.Gather(indices);
        var batch = new TrainingBatch(rows, phase.See(rows, context), indices, context.WeightsOf(indices));
        var terms = phase.Loss(batch);
        foreach (var listener in listeners)
            listener.OnLoss(terms);
        network.zero_grad();
        Backpropagation.Run(terms.Total());
        phase.AdjustGradients();
        phase.Optimizer.Step();
        phase.OnBatchEnd(batch, terms);
        return terms;
    }

    // The total loss in inference mode, over batches that are the same at every evaluation.
    private double Evaluate(TrainingPhase phase, Tensor order)
    {
        network.eval();
        using var gradientsOff = no_grad();
        using var sums = new LossSums();
        foreach (var (start, size) in phase.Batches(context.Rows))
        {
            using var scope = NewDisposeScope();
            var indices = order.narrow(0, start, size);
            var rows = context.Data.Gather(indices);
            sums.Add(phase.Loss(new(rows, rows, indices, context.WeightsOf(indices))), size);
            context.Cancellation.ThrowIfCancellationRequested();
        }

        return sums.Means().Values.Sum();
    }

    private EpochRecord Report(TrainingPhase phase, EpochRecord record)
    {
        record = phase.Complete(record);
        if (record.IsFinite)
            record = listeners.Aggregate(record, (r, listener) => listener.Complete(phase, r));
        foreach (var listener in listeners)
            listener.OnEpochEnd(phase, record);
        return record;
    }
}
