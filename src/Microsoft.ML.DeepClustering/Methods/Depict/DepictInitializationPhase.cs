using System.Globalization;
using Microsoft.ML.DeepClustering.Optimizers;
using Microsoft.ML.DeepClustering.Training;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Methods.Depict;

/// <summary>
/// The second stage of DEPICT: reconstruction, and the first clusters, until the network's own labels do not get any nearer to these.
/// </summary>
internal sealed class DepictInitializationPhase(DepictMethod method, DepictOptions options, ParameterOptimizer optimizer, long rows)
    : DepictPhase(method, options, optimizer, rows), IDisposable
{
    /// <summary>Its name in messages and in the history.</summary>
    public const string PhaseName = "initialization";

    // Without a better agreement it ends after so many epochs, as in the authors' code, but not before so many steps: few rows have few an epoch.
    private const int LeastPatience = 5;
    private const int LeastSteps = 100;

    private readonly int _patience = LengthRule.Epochs(LeastPatience, LeastSteps, rows, options.BatchSizeFor(rows));

    // The first cluster of each row, (rows) of int64; from OnStart or Resume on.
    private Tensor? _labels;
    private double _agreement;
    private double _best = -1;
    private int _epochsSinceBest;

    public override string Name => PhaseName;

    public override int Epochs { get; } = options.InitializationEpochsFor(rows);

    public override bool HasConverged => _epochsSinceBest >= _patience;

    public override void OnStart(TrainingContext context) => _labels = Method.PlaceClusters(context).DetachFromDisposeScope();

    public override IReadOnlyDictionary<string, Tensor> State() => new Dictionary<string, Tensor>
    {
        [nameof(_labels)] = _labels!,
        [nameof(_best)] = tensor(new[] { _best, _epochsSinceBest }, dtype: ScalarType.Float64, device: CPU),
    };

    public override void Resume(IReadOnlyDictionary<string, Tensor> state, TrainingContext context)
    {
        _labels = KeptLabels(state[nameof(_labels)], context, Options.NumberOfClusters);
        var numbers = Numbers<double>(state[nameof(_best)], 2);
        (_best, _epochsSinceBest) = (numbers[0], (int)numbers[1]);
    }

    public override void OnEpochEnd(TrainingContext context, int epoch)
    {
        using var gradientsOff = no_grad();
        using var scope = NewDisposeScope();
        _agreement = Method.Clusters(context).eq(_labels!).to(ScalarType.Float64).mean().item<double>();
        (_best, _epochsSinceBest) = _agreement > _best ? (_agreement, 0) : (_best, _epochsSinceBest + 1);
        if (HasConverged && epoch < Epochs)
            context.Log(string.Create(CultureInfo.InvariantCulture, $"{_agreement:P1} of the rows are in their first cluster, {_best:P1} {_patience} epochs before; initialization ends with epoch {epoch}."));
    }

    public override EpochRecord Complete(EpochRecord record) => record with { Quantities = new Dictionary<string, double> { ["agreement"] = _agreement } };

    public void Dispose() => _labels?.Dispose();

    protected override Tensor? TargetOf(Tensor indices) => nn.functional.one_hot(_labels!.index_select(0, indices), Options.NumberOfClusters).to(ScalarType.Float32);
}
