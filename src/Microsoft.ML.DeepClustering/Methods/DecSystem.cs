#nullable disable
using Microsoft.ML.DeepClustering.Centroids;
using Microsoft.ML.DeepClustering.Losses;
using Microsoft.ML.DeepClustering.Methods.Companions;
using Microsoft.ML.DeepClustering.Methods.Pretraining;
using Microsoft.ML.DeepClustering.Networks;
using Microsoft.ML.DeepClustering.Optimizers;
using Microsoft.ML.DeepClustering.Torch;
using Microsoft.ML.DeepClustering.Training;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Methods;

/// <summary>The DEC family: an encoder and centroids, with reconstruction, companions or neither.</summary>
internal sealed class DecSystem(DecFamilyOptions options, NetworkChoice choice) : AutoencoderSystem(options, choice, options.CompanionTap)
{
    private DecFamilyOptions Options => options;

    public override Tensor ReconstructionLoss(Tensor input, Tensor reconstruction) => ReconstructionError.MeanOverElements(input, reconstruction);

    public override IEnumerable<TrainingPhase> Phases(TrainingContext context)
    {
        foreach (var phase in PretrainingPhase.Create(this, options, context))
            yield return phase;
        using var optimizer = new AdamOptimizer(TrainedParameters(), options.LearningRate);
        using var clustering = new ClusteringPhase(this, optimizer);
        yield return clustering;
    }

    private IEnumerable<Parameter> TrainedParameters()
        => (options.ReconstructionErrorWeight > 0 ? autoencoder.parameters() : autoencoder.EncoderParameters).Append(centroids);

    /// <summary>KL(P || Q) and the auxiliary terms: Xie et al. 2016, Equation 2; Guo et al. 2017, Equation 8; Trosten et al. 2024, Equation 3.</summary>
    private LossTerms Loss(Tensor batch, Tensor target, CompanionObjective companion)
    {
        var (embedding, blocks) = autoencoder.Encode(batch);
        var assignments = StudentAssignment.Compute(CentroidDistance.Squared(embedding, centroids));
        var terms = new LossTerms();
        terms.Add("clustering", AssignmentDivergence.Compute(target, assignments).Times(options.DivergenceWeight));
        if (options.ReconstructionErrorWeight > 0)
            terms.AddAuxiliary("reconstruction", options.ReconstructionErrorWeight, ReconstructionLoss(batch, autoencoder.Decode(embedding)));
        companion?.AddTo(terms, assignments, blocks);
        return terms;
    }

    private sealed class ClusteringPhase(DecSystem system, ParameterOptimizer optimizer) : TrainingPhase, IDisposable
    {
        private readonly CompanionObjective _companion = system.Options.CreateCompanion();
        private Tensor _target;
        private Tensor _labels;
        private long _iteration;
        private bool _settled;

        public override string Name => "clustering";

        public override int Epochs => system.Options.NumberOfEpochs;

        public override int BatchSize => system.Options.BatchSize;

        // A companion's kernel compares the rows of a batch; one of a few rows would be of another kind.
        public override bool DropsLastBatch => _companion is not null;

        public override ParameterOptimizer Optimizer => optimizer;

        public override bool HasConverged => _settled;

        public override LossTerms Loss(TrainingBatch batch) => system.Loss(batch.Seen, _target.index_select(0, batch.Indices), _companion);

        public override Tensor See(Tensor rows, TrainingContext context) => system.Augment(rows, context);

        public override void OnStart(TrainingContext context) => system.StartCentroids(context);

        public override IReadOnlyDictionary<string, Tensor> State()
            => new Dictionary<string, Tensor> { [nameof(_target)] = _target, [nameof(_labels)] = _labels, [nameof(_iteration)] = tensor(_iteration, dtype: ScalarType.Int64, device: CPU) };

        public override void Resume(IReadOnlyDictionary<string, Tensor> state, TrainingContext context)
        {
            (_target, _labels) = (Kept(state[nameof(_target)], context), Kept(state[nameof(_labels)], context));
            _iteration = state[nameof(_iteration)].item<long>();
        }

        public override void OnBatchStart(TrainingContext context)
        {
            if (_iteration++ % RefreshInterval(context) == 0)
                Refresh(context);
        }

        private long RefreshInterval(TrainingContext context)
        {
            var batches = DropsLastBatch ? context.Rows / BatchSize : (context.Rows + BatchSize - 1) / BatchSize;
            return system.Options.RefreshInterval * (system.Options.RefreshUnit == RefreshUnit.Epochs ? Math.Max(1, batches) : 1);
        }

        // P of all rows, and the share of them whose cluster is another than at the last refresh.
        private void Refresh(TrainingContext context)
        {
            using var gradientsOff = no_grad();
            using var scope = NewDisposeScope();
            var assignments = system.MapAll(context, z => StudentAssignment.Compute(CentroidDistance.Squared(z, system.Centroids)));
            var labels = assignments.argmax(1L);
            if (_labels is not null)
                _settled = HaveSettled(labels.ne(_labels).sum(ScalarType.Int64).item<long>(), context);
            Dispose();
            (_target, _labels) = (TargetDistribution.Compute(assignments).DetachFromDisposeScope(), labels.DetachFromDisposeScope());
        }

        private bool HaveSettled(long changed, TrainingContext context)
        {
            var settled = changed < system.Options.LabelChangeTolerance * context.Rows;
            if (settled)
                context.Log($"{changed} of {context.Rows} rows have changed their cluster since the last refresh of the target, fewer than LabelChangeTolerance allows; training ends with this epoch.");
            return settled;
        }

        public void Dispose()
        {
            _target?.Dispose();
            _labels?.Dispose();
        }
    }
}
