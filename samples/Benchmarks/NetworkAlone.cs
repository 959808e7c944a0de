using Microsoft.ML.DeepClustering.Scoring;
using static TorchSharp.torch;

namespace Benchmarks;

/// <summary>A model's forward pass over rows in memory, distances and probabilities included, in batches as Transform makes them.</summary>
internal sealed class NetworkAlone(TrainedModel model, float[][] rows) : IDisposable
{
    private readonly Tensor _rows = tensor(rows.SelectMany(r => r).ToArray(), model.Shape.Dimensions.Prepend(rows.Length).ToArray());

    /// <summary>Passes all rows and gives their number.</summary>
    public long Run()
    {
        using var gradientsOff = no_grad();
        long count = _rows.shape[0], batch = model.Options.ScoringBatchSize;
        for (var start = 0L; start < count; start += batch)
        {
            using var scope = NewDisposeScope();
            Pass(start, Math.Min(batch, count - start));
        }

        return count;
    }

    /// <summary>Passes one row.</summary>
    public void RunOne(long row)
    {
        using var gradientsOff = no_grad();
        using var scope = NewDisposeScope();
        Pass(row, 1);
    }

    public void Dispose() => _rows.Dispose();

    private void Pass(long start, long rows) => _ = model.Method.Assign(model.Options.PreparationFor(model.Shape).Apply(_rows.narrow(0, start, rows)));
}
