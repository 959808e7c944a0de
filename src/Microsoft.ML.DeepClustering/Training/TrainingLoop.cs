#nullable disable
using System.Diagnostics;
using Microsoft.ML.DeepClustering.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Training;

/// <summary>Trains one phase of a method. It knows neither the method nor what listens.</summary>
/// <param name="method">The method.</param>
/// <param name="context">The run.</param>
/// <param name="listeners">Hear of everything, in this order.</param>
/// <param name="afterEpoch">Called last in each epoch, when the phase could be left and taken up again.</param>
internal sealed class TrainingLoop(
    ClusteringMethod method, TrainingContext context, IReadOnlyList<ITrainingListener> listeners, Action<TrainingPhase, PhaseProgress> afterEpoch = null)
{
    /// <summary>Trains the epochs of the phase.</summary>
    /// <param name="phase">The phase.</param>
    /// <param name="resumed">Where an earlier process left the phase, which has taken up its state already; null for a phase that begins.</param>
    public void Run(TrainingPhase phase, PhaseProgress resumed = null)
    {
        if (phase.Reused is not null)
        {
            Reuse(phase);
            return;
        }

        if (resumed is null)
            phase.OnStart(context);
        using var evaluationOrder = resumed?.EvaluationOrder ?? context.Shuffled();
        var ended = resumed?.HasEnded ?? false;
        for (var epoch = (resumed?.Epoch ?? 0) + 1; !ended; epoch++)
        {
            ended = RunEpoch(phase, epoch, evaluationOrder);
            afterEpoch?.Invoke(phase, new(epoch, ended, evaluationOrder));
        }
    }

    // Whether it was the last.
    private bool RunEpoch(TrainingPhase phase, int epoch, Tensor evaluationOrder)
    {
        var watch = Stopwatch.StartNew();
        phase.OnEpochStart(context, epoch);
        method.train();
        using var order = context.Shuffled();
        var means = Epoch(order, phase, epoch);
        // Weights that are NaN would only be carried further, into the centroids for example.
        var isFinite = means.Values.All(double.IsFinite);
        if (isFinite)
            phase.OnEpochEnd(context, epoch);

        var last = epoch >= phase.Epochs || phase.HasConverged;
        double? evaluation = isFinite && (last || (phase.EvaluationInterval > 0 && epoch % phase.EvaluationInterval == 0))
            ? Evaluate(evaluationOrder, phase).Values.Sum()
            : null;
        var record = phase.Complete(new(phase.Name, epoch, means, means.Values.Sum(), evaluation, watch.Elapsed.TotalSeconds));
        if (record.IsFinite)
            record = listeners.Aggregate(record, (r, listener) => listener.Complete(phase, r));
        phase.OnRecord(record);
        foreach (var listener in listeners)
            listener.OnEpochEnd(phase, record);
        return last;
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
                var rows = context.Data.Gather(indices);
                var batch = new TrainingBatch(rows, phase.See(rows, context), indices);
                var terms = phase.Loss(batch);
                foreach (var listener in listeners)
                    listener.OnLoss(terms);
                method.zero_grad();
                terms.Total().backward();
                phase.AdjustGradients();
                phase.Optimizer.Step();
                phase.OnBatchEnd(batch);
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
                var rows = context.Data.Gather(indices);
                sums.Add(phase.Loss(new(rows, rows, indices)), size);
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
