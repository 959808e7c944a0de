#nullable disable
using Microsoft.ML.DeepClustering.Centroids;
using Microsoft.ML.DeepClustering.Losses;
using Microsoft.ML.DeepClustering.Methods.Pretraining;
using Microsoft.ML.DeepClustering.Networks;
using Microsoft.ML.DeepClustering.Optimizers;
using Microsoft.ML.DeepClustering.Torch;
using Microsoft.ML.DeepClustering.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Methods.Dcn;

/// <summary>DCN: Yang et al. 2017, Algorithm 1.</summary>
internal sealed class DcnMethod(DcnOptions options, NetworkChoice choice) : AutoencoderSystem(options, choice)
{
    public override IEnumerable<TrainingPhase> Phases(TrainingContext context)
    {
        using var optimizer = new AdamOptimizer(autoencoder.parameters(), PretrainingRate);
        foreach (var phase in PretrainingPhase.Create(this, options, context, optimizer))
            yield return phase;
        optimizer.LearningRate = options.LearningRate;
        using var clustering = new ClusteringPhase(this, options, optimizer);
        yield return clustering;
    }

    private sealed class ClusteringPhase(DcnMethod method, DcnOptions options, ParameterOptimizer optimizer)
        : AutoencoderPhase(method, options, optimizer, "clustering", options.NumberOfEpochs), IDisposable
    {
        private Tensor _labels;
        private CountedCentroids _counted;

        public override void OnStart(TrainingContext context)
        {
            using var gradientsOff = no_grad();
            using var scope = NewDisposeScope();
            method.StartCentroids(context, options.CentroidInitialization);
            _labels = method.MapAll(context, Nearest).DetachFromDisposeScope();
            _counted = new CountedCentroids(method.Centroids);
        }

        public override IReadOnlyDictionary<string, Tensor> State()
            => new Dictionary<string, Tensor> { [nameof(_labels)] = _labels, [nameof(_counted)] = _counted.Counts };

        public override void Resume(IReadOnlyDictionary<string, Tensor> state, TrainingContext context)
        {
            _labels = Kept(state[nameof(_labels)], context);
            _counted = new CountedCentroids(method.Centroids);
            using var gradientsOff = no_grad();
            _counted.Counts.copy_(state[nameof(_counted)]);
        }

        protected override void AddTerms(LossTerms terms, Tensor embedding, Tensor indices)
            => terms.Add("clustering", NearestCentroidLoss.Compute(embedding, method.Centroids, _labels.index_select(0, indices)).Times(options.ClusteringWeight));

        // Equations 7 and 8: with the network fixed, each row goes to its nearest centroid and moves it.
        public override void OnBatchEnd(TrainingBatch batch, LossTerms terms)
        {
            using var gradientsOff = no_grad();
            var embedding = method.Embed(batch.Rows);
            var labels = Nearest(embedding);
            _labels.index_copy_(0, batch.Indices, labels);
            _counted.Update(method.Centroids, embedding, labels);
        }

        private Tensor Nearest(Tensor embedding) => CentroidDistance.Squared(embedding, method.Centroids).argmin(1L);

        public void Dispose()
        {
            _labels?.Dispose();
            _counted?.Dispose();
        }
    }
}
