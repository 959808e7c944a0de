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
        var batchSize = (int)Math.Min(phase.BatchSize, context.Rows);
        var batches = (int)(context.Rows / batchSize);
        using var evaluationOrder = context.Shuffled();
        phase.OnStart(context);
        using var optimizer = phase.CreateOptimizer();

        for (var epoch = 1; epoch <= phase.Epochs; epoch++)
        {
            var watch = Stopwatch.StartNew();
            phase.OnEpochStart(context, epoch);
            method.train();
            using var order = context.Shuffled();
            var means = Epoch(order, batchSize, batches, phase, optimizer, epoch);
            phase.OnEpochEnd(context, epoch);

            var last = epoch == phase.Epochs || phase.HasConverged;
            double? evaluation = phase.EvaluationInterval > 0 && (last || epoch % phase.EvaluationInterval == 0)
                ? Means(evaluationOrder, batchSize, batches, phase).Values.Sum()
                : null;
            var record = new EpochRecord(phase.Name, epoch, means, means.Values.Sum(), evaluation, watch.Elapsed.TotalSeconds);
            foreach (var listener in listeners)
                listener.OnEpochEnd(phase, record);
            if (last)
                break;
        }
    }

    private Dictionary<string, double> Epoch(
        Tensor order, int batchSize, int batches, TrainingPhase phase, optim.Optimizer optimizer, int epoch)
    {
        using var sums = new LossSums();
        for (var b = 0; b < batches; b++)
        {
            using (NewDisposeScope())
            {
                var indices = order.narrow(0, (long)b * batchSize, batchSize);
                var terms = phase.Loss(context.Data.index_select(0, indices), indices);
                optimizer.zero_grad();
                terms.Total().backward();
                phase.AdjustGradients();
                optimizer.step();
                sums.Add(terms);
            }

            context.Cancellation.ThrowIfCancellationRequested();
            foreach (var listener in listeners)
                listener.OnBatchEnd(phase, epoch, b + 1, batches);
        }

        return sums.Means(batches);
    }

    // The loss in inference mode, over batches that are the same at every evaluation.
    private Dictionary<string, double> Means(Tensor order, int batchSize, int batches, TrainingPhase phase)
    {
        using var sums = new LossSums();
        method.eval();
        using (no_grad())
        {
            for (var b = 0; b < batches; b++)
            {
                using var scope = NewDisposeScope();
                var indices = order.narrow(0, (long)b * batchSize, batchSize);
                sums.Add(phase.Loss(context.Data.index_select(0, indices), indices));
                context.Cancellation.ThrowIfCancellationRequested();
            }
        }

        return sums.Means(batches);
    }
}
