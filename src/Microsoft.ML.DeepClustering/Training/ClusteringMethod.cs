using Microsoft.ML.DeepClustering.Data;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Training;

/// <summary>
/// A deep clustering method for one input shape: its networks, the phases that train them, and the assignment of a batch.
/// Runs and estimators know no more of a method than this.
/// </summary>
internal abstract class ClusteringMethod(string name) : nn.Module<Tensor, Tensor>(name)
{
    /// <summary>p, the length of an embedding.</summary>
    public abstract long EmbeddingSize { get; }

    /// <summary>The parameters that the embedding depends on, where the clustering and the auxiliary objective meet. Default: all.</summary>
    public virtual IEnumerable<Parameter> EncoderParameters => parameters();

    /// <summary>
    /// The phases of a training run, in order. The run asks for each when the former has ended, also when that ended in an earlier process.
    /// What must happen once stands in <see cref="TrainingPhase.OnStart"/> and <see cref="Finish"/>.
    /// </summary>
    public abstract IEnumerable<TrainingPhase> Phases(TrainingContext context);

    /// <summary>Called after the last phase, with the weights that it keeps.</summary>
    public virtual void Finish(TrainingContext context)
    {
    }

    /// <summary>Draws the initial weights.</summary>
    public abstract void Initialize(Generator generator);

    /// <summary>Prepared features (n, ...) -> embedding, distances and probabilities.</summary>
    public abstract ClusterAssignment Assign(Tensor prepared);

    /// <summary>
    /// The method with the clusters that are left, and its options, of which the caller frees the method: for methods whose clusters can die. This one is freed
    /// where another is returned. Default: this one and the same options.
    /// </summary>
    /// <param name="options">Of the training.</param>
    /// <param name="shape">Of a sample.</param>
    public virtual (ClusteringMethod Method, DeepClusteringOptions Options) Compact(DeepClusteringOptions options, InputShape shape) => (this, options);

    /// <summary>r, (k, p): a point of each cluster among the embeddings, its mean or the like. Default: null, for methods without centroids.</summary>
    // No property: TorchSharp moves a module to another device by the names of its properties, and one that is overridden with another type has its twice.
    public virtual Tensor? FindCentroids() => null;

    /// <summary>
    /// Decodes each cluster's centroid: (k, d), in the scale and size of raw features. Default: null, for methods without centroids that a
    /// decoder can take.
    /// </summary>
    public virtual Tensor? DecodeCentroids() => null;

    /// <summary>Prepared features (n, ...) -> probabilities (n, k).</summary>
    public override Tensor forward(Tensor prepared) => Assign(prepared).Probabilities;
}
