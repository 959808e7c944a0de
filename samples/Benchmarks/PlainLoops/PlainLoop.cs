using System.Diagnostics;
using static TorchSharp.torch;

namespace Benchmarks;

/// <summary>A method written on TorchSharp alone, as one would write it from its paper. The data are random: speed does not depend on them.</summary>
internal abstract class PlainLoop
{
    /// <summary>The loops by the method that they are compared with: the rows and the side of an image in, a loop out.</summary>
    public static readonly IReadOnlyDictionary<string, Func<int, int, PlainLoop>> Loops = new Dictionary<string, Func<int, int, PlainLoop>>
    {
        [TimedMethod.Pretraining.Method] = (rows, side) => new PlainPretraining(rows, side),
        [TimedMethod.Idec.Method] = (rows, side) => new PlainIdec(rows, side),
        [TimedMethod.Dcn.Method] = (rows, side) => new PlainDcn(rows, side),
        [TimedMethod.Ddc.Method] = (rows, side) => new PlainDdc(rows, side),
    };

    /// <summary>(n, ...)</summary>
    protected abstract Tensor Data { get; }

    protected abstract int BatchSize { get; }

    /// <summary>Whether a last batch that is smaller is left out.</summary>
    protected virtual bool DropsLast => false;

    /// <summary>Seconds of each of so many epochs.</summary>
    public double[] Seconds(int epochs)
    {
        var seconds = new double[epochs];
        for (var i = 0; i < epochs; i++)
        {
            var watch = Stopwatch.StartNew();
            Epoch();
            seconds[i] = watch.Elapsed.TotalSeconds;
        }

        return seconds;
    }

    /// <summary>One step of the optimiser on the rows of a batch.</summary>
    protected abstract void Step(Tensor rows, Tensor indices);

    private void Epoch()
    {
        using var scope = NewDisposeScope();
        foreach (var indices in randperm(Data.shape[0], ScalarType.Int64).split(BatchSize))
        {
            if (DropsLast && indices.shape[0] < BatchSize)
                continue;
            using var batch = NewDisposeScope();
            Step(Data.index_select(0, indices), indices);
        }
    }
}
