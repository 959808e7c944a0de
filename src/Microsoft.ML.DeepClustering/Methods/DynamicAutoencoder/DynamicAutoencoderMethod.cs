using Microsoft.ML.DeepClustering.Centroids;
using Microsoft.ML.DeepClustering.Losses;
using Microsoft.ML.DeepClustering.Methods.Pretraining;
using Microsoft.ML.DeepClustering.Networks;
using Microsoft.ML.DeepClustering.Optimizers;
using Microsoft.ML.DeepClustering.Training;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Methods.DynamicAutoencoder;

/// <summary>DynAE: Mrabah et al. 2020, Algorithm 1.</summary>
internal sealed class DynamicAutoencoderMethod(DynamicAutoencoderOptions options, NetworkChoice choice) : AutoencoderFamilyMethod(options, choice)
{
    public override Tensor ReconstructionLoss(Tensor input, Tensor reconstruction, Tensor? weights = null)
        => ReconstructionError.MeanOverElements(input, reconstruction, weights);

    public override IEnumerable<TrainingPhase> Phases(TrainingContext context)
    {
        foreach (var phase in PretrainingPhase.Create(this, options, context))
            yield return phase;
        using var optimizer = new MomentumOptimizer(autoencoder.parameters(), options.LearningRate, options.Momentum);
        using var clustering = new DynamicAutoencoderPhase(this, options, optimizer, context.Rows);
        yield return clustering;
    }

    /// <summary>Puts the centroids on the rows nearest to the means that k-means finds.</summary>
    public void PlaceCentroidsOnRows(TrainingContext context)
    {
        using var gradientsOff = no_grad();
        using var scope = NewDisposeScope();
        InitializeCentroids(context);
        var embeddings = MapAll(context, z => z);
        centroids.copy_(embeddings.index_select(0, CentroidDistance.NearestPoints(embeddings, centroids)));
    }
}
