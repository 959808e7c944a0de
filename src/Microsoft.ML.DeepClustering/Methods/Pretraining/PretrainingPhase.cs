using Microsoft.ML.DeepClustering.Losses;
using Microsoft.ML.DeepClustering.Optimizers;
using Microsoft.ML.DeepClustering.Training;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Methods.Pretraining;

/// <summary>Trains the autoencoder before there are clusters: to reconstruct, alone or against the critic of adversarial interpolation.</summary>
internal sealed class PretrainingPhase : AutoencoderPhase, IDisposable
{
    /// <summary>Its name in messages and in the history.</summary>
    public const string PhaseName = "pretraining";

    // Outputs of the loss that the critic's step takes.
    private const string Mixtures = "mixtures";
    private const string Reconstruction = "reconstruction";

    private readonly AutoencoderFamilyOptions _options;
    private readonly InterpolationCritic? _critic;
    private readonly Corruption _corruption;
    private readonly PlateauStop _plateau = new();

    // From a checkpoint, which another number of threads or another machine may have begun.
    private bool _isResumed;

    private PretrainingPhase(
        AutoencoderFamilyMethod method, AutoencoderFamilyOptions options, ParameterOptimizer optimizer, TrainingContext context, IReadOnlyList<EpochRecord>? reused)
        : base(method, options, optimizer, PhaseName, options.PretrainingEpochsFor(context.Rows), context.Rows)
    {
        _options = options;
        _corruption = new Corruption(options.PretrainingCorruption);
        Reused = reused;
        if (options.Pretraining == PretrainingObjective.AdversarialInterpolation && reused is null)
            _critic = new InterpolationCritic(method, method.PretrainingRate, context.Data.Device);
    }

    public override bool HasClusters => false;

    public override bool HasConverged => _plateau.IsReached;

    public override IReadOnlyList<EpochRecord>? Reused { get; }

    /// <summary>
    /// The pretraining of a method: one phase, or none when <see cref="AutoencoderFamilyOptions.PretrainingEpochs"/> is 0, after those of <see cref="AutoencoderFamilyOptions.LayerwiseEpochs"/>. Trainings that share
    /// <see cref="DeepClusteringOptions.Pretrained"/> train it once.
    /// </summary>
    /// <param name="method">The method, on the device of training, with its initial weights.</param>
    /// <param name="options">The options.</param>
    /// <param name="context">The run. Its generator goes on from where pretraining leaves it.</param>
    /// <param name="optimizer">
    /// The optimiser of the phases after pretraining too, for methods that carry its moments on; these are not shared, so that such a method
    /// always pretrains for itself. Null: pretraining has an Adam of its own.
    /// </param>
    public static IEnumerable<TrainingPhase> Create(
        AutoencoderFamilyMethod method, AutoencoderFamilyOptions options, TrainingContext context, ParameterOptimizer? optimizer = null)
    {
        var shared = Shared(options, context, isOwn: optimizer is null);
        var start = shared is null ? "" : PretrainingStart.Compute(method, options, context);
        var reused = shared?.Restore(start, method.Autoencoder, context);
        if (options.LayerwiseEpochs > 0)
        {
            foreach (var layer in LayerPhase.CreateAll(method, options, context.Rows))
                yield return layer;
        }

        if (options.PretrainingEpochs == 0)
            yield break;
        using var own = optimizer is null ? method.CreatePretrainingOptimizer(method.Autoencoder.parameters()) : null;
        using var phase = new PretrainingPhase(method, options, optimizer ?? own!, context, reused);
        yield return phase;
        if (phase.Reused is not null || phase._isResumed || shared is null)
            yield break;
        // None where a checkpoint is past the phase: the method has its weights later.
        EpochRecord[] epochs = [.. context.Epochs.Where(e => e.Phase == PhaseName)];
        if (epochs.Length > 0)
            shared.Keep(start, method.Autoencoder, context, epochs);
    }

    // The records of layers and the moments of an optimiser that goes on are not shared.
    private static IPretrainedNetworks? Shared(AutoencoderFamilyOptions options, TrainingContext context, bool isOwn)
    {
        if (options.Pretrained is null || (options.PretrainingEpochs == 0 && options.LayerwiseEpochs == 0))
            return null;
        var obstacle = !isOwn ? "carries the optimiser of pretraining on" : options.LayerwiseEpochs > 0 ? $"has {nameof(options.LayerwiseEpochs)}" : null;
        if (obstacle is null)
            return options.Pretrained;
        if (options.PretrainingFolder is not null)
            context.Log($"{nameof(options.PretrainingFolder)} is set, but {options.MethodName} {obstacle}; it pretrains for itself.");
        return null;
    }

    public override void OnStart(TrainingContext context) => _critic?.Start(context.Generator);

    public override IReadOnlyDictionary<string, Tensor> State() => _critic?.State() ?? base.State();

    public override void Resume(IReadOnlyDictionary<string, Tensor> state, TrainingContext context)
    {
        _isResumed = true;
        _critic?.Resume(state);
    }

    public override Tensor See(Tensor rows, TrainingContext context)
    {
        var seen = Method.AugmentForPretraining(rows, context);
        _critic?.DrawShares(rows.shape[0], context);
        _corruption.Draw(seen, context.Generator);
        return seen;
    }

    public override void OnEpochEnd(TrainingContext context, int epoch)
    {
        if (_options.PretrainingEpochs is null)
            _plateau.Update(this, context, epoch, _options.ScoringBatchSize, _critic is null ? Method.ErrorOf : Error);
    }

    public override LossTerms Loss(TrainingBatch batch)
    {
        var embedding = Method.Embed(_corruption.Apply(batch.Seen));
        var reconstruction = Method.Autoencoder.Decode(embedding);
        var terms = new LossTerms();
        terms.AddAuxiliary("reconstruction", 1, Error(batch.Seen, reconstruction, batch.Weights));
        if (_critic is null)
            return terms;
        var mixtures = _critic.DecodeMixtures(embedding);
        terms.AddAuxiliary("interpolation", _options.InterpolationWeight, _critic.Deception(mixtures));
        terms.AddOutput(Mixtures, mixtures);
        terms.AddOutput(Reconstruction, reconstruction);
        return terms;
    }

    public override void OnBatchEnd(TrainingBatch batch, LossTerms terms)
    {
        _corruption.Clear();
        _critic?.Step(batch.Seen, terms.Outputs[Mixtures], terms.Outputs[Reconstruction]);
    }

    public override EpochRecord Complete(EpochRecord record)
        => _critic is null ? record : record with { Quantities = new Dictionary<string, double> { ["critic"] = _critic.TakeLoss() } };

    public void Dispose() => _critic?.Dispose();

    private Tensor Error(Tensor rows, Tensor reconstruction, Tensor? weights) => _critic is null
        ? Method.ReconstructionLoss(rows, reconstruction, weights)
        : ReconstructionError.MeanOverElements(rows, reconstruction, weights);
}
