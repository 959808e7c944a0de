#nullable disable
using Microsoft.ML.DeepClustering.Losses;
using Microsoft.ML.DeepClustering.Networks;
using Microsoft.ML.DeepClustering.Optimizers;
using Microsoft.ML.DeepClustering.Training;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Methods.Pretraining;

/// <summary>Reconstruction before there are clusters, alone or with the critic of adversarial interpolation.</summary>
internal class PretrainingPhase : AutoencoderPhase, IDisposable
{
    /// <summary>Its name in messages and in the history.</summary>
    public const string PhaseName = "pretraining";

    private readonly AutoencoderFamilyOptions _options;
    private readonly InterpolationCritic _critic;

    /// <param name="system">The method, on the device of training.</param>
    /// <param name="options">The options.</param>
    /// <param name="optimizer">Trains the autoencoder.</param>
    /// <param name="context">The run.</param>
    protected PretrainingPhase(AutoencoderFamilyMethod system, AutoencoderFamilyOptions options, ParameterOptimizer optimizer, TrainingContext context)
        : base(system, options, optimizer, PhaseName, options.PretrainingEpochs)
    {
        _options = options;
        if (options.Pretraining == PretrainingObjective.AdversarialInterpolation)
            _critic = new InterpolationCritic(system, system.PretrainingRate, context.Data.Device);
    }

    public override bool HasClusters => false;

    /// <summary>For the epochs that the options give it; nothing when there are none.</summary>
    public static IEnumerable<TrainingPhase> Of(
        AutoencoderFamilyMethod system, AutoencoderFamilyOptions options, ParameterOptimizer optimizer, TrainingContext context)
    {
        if (options.PretrainingEpochs == 0)
            yield break;
        using var phase = new PretrainingPhase(system, options, optimizer, context);
        yield return phase;
    }

    public override void OnStart(TrainingContext context) => _critic?.Start(context.Generator);

    public override IReadOnlyDictionary<string, Tensor> State() => _critic?.State() ?? base.State();

    public override void Resume(IReadOnlyDictionary<string, Tensor> state, TrainingContext context) => _critic?.Resume(state);

    public override Tensor See(Tensor rows, TrainingContext context)
    {
        var seen = Method.Augment(rows, context);
        _critic?.DrawShares(rows.shape[0], context);
        return seen;
    }

    public override LossTerms Loss(TrainingBatch batch)
    {
        if (_critic is null)
            return base.Loss(batch);
        var embedding = Method.Embed(batch.Seen);
        var reconstruction = Method.Autoencoder.Decode(embedding);
        var terms = new LossTerms();
        terms.AddAuxiliary("reconstruction", 1, ReconstructionError.MeanOverElements(batch.Seen, reconstruction));
        terms.AddAuxiliary("interpolation", _options.InterpolationWeight, _critic.Deception(embedding, reconstruction));
        return terms;
    }

    public override void OnBatchEnd(TrainingBatch batch) => _critic?.Step(batch.Seen);

    public override EpochRecord Complete(EpochRecord record)
        => _critic is null ? record : record with { Quantities = new Dictionary<string, double> { ["critic"] = _critic.TakeLoss() } };

    public void Dispose() => _critic?.Dispose();
}
