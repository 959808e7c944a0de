using Microsoft.ML.Data;
using Microsoft.ML.DeepClustering.Data;
using Microsoft.ML.DeepClustering.Internals;
using Microsoft.ML.DeepClustering.Persistence;
using Microsoft.ML.DeepClustering.Scoring;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.DeepClustering;

/// <summary>
/// A trained deep clustering model: adds to each row its cluster (key 1 to k), the k distances, the k probabilities and the embedding.
/// Any number of threads may score with it at a time, each with cursors or a prediction engine of its own.
/// It owns native memory; disposing it frees that as soon as no thread is scoring, and using it afterwards throws <see cref="ObjectDisposedException"/>.
/// </summary>
/// <remarks>
/// <c>mlContext.Model.ConvertToOnnx</c>, of the package Microsoft.ML.OnnxConverter, exports the model with the steps of its pipeline. The graph gives the
/// same columns for any number of rows at a time, PredictedLabel as UInt32 counted from 1, up to the rounding of floats: about 1e-5 of a row's largest value,
/// and more in probabilities that a large Alpha makes hard. It does not check that values are finite. It needs ONNX's operator set 9, or 11 where images
/// are enlarged for the convolutional network. ML.NET makes every column of the input data an input of the graph.
/// </remarks>
public sealed class DeepClusteringTransformer : ISingleFeaturePredictionTransformer<DeepClusteringTransformer>, IDisposable
{
    internal DeepClusteringTransformer(IHostEnvironment environment, TrainedModel model)
    {
        Host = environment.Register(model.Options.MethodName);
        Trained = model;
    }

    /// <summary>The method that was trained, for example "DdcUco".</summary>
    public string Method => Trained.Options.MethodName;

    /// <summary>k.</summary>
    public int NumberOfClusters => Trained.NumberOfClusters;

    /// <summary>p, the length of an embedding.</summary>
    public int EmbeddingSize => Trained.EmbeddingSize;

    /// <summary>The records of the training; saved with the model.</summary>
    public TrainingHistory History => Trained.History;

    /// <summary>The column of features that the model reads.</summary>
    public string FeatureColumnName => Trained.Options.FeatureColumnName;

    /// <summary>
    /// What the model takes in that column: a vector of <see cref="float"/> of one sample's size, with the dimensions of an image as it lies in the column.
    /// A vector of the same size without dimensions will do as well.
    /// </summary>
    public DataViewType FeatureColumnType => FeatureColumn.TypeOf(Trained.Shape);

    /// <summary>
    /// The transformer itself. Where a trainer of ML.NET has an object of parameters, as in <c>Model.GetClusterCentroids</c> of its K-means, the same words
    /// lead to the same here.
    /// </summary>
    public DeepClusteringTransformer Model => this;

    bool ITransformer.IsRowToRowMapper => true;

    internal IHost Host { get; }

    internal TrainedModel Trained { get; }

    /// <summary>
    /// Scores lazily, in batches, when a cursor asks for one of the new columns. When a row has a value or a score that is not finite, the cursor or
    /// the prediction engine throws an <see cref="InvalidOperationException"/> that names the row.
    /// </summary>
    /// <param name="input">Data with the feature column, of the size of the training.</param>
    /// <returns>The same rows with the columns of clusters, distances, probabilities and embeddings.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The feature column is missing or of the wrong type or size.</exception>
    /// <exception cref="ArgumentException">The column has the dimensions of the images of the training in another order.</exception>
    /// <exception cref="ObjectDisposedException">The transformer was disposed.</exception>
    public IDataView Transform(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        Trained.ThrowIfDisposed();
        return new ScoredDataView(input, new ScoringMapper(input.Schema, Trained), Save);
    }

    /// <summary>The schema of what <see cref="Transform"/> gives.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The feature column is missing or of the wrong type or size.</exception>
    /// <exception cref="ArgumentException">The column has the dimensions of the images of the training in another order.</exception>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return new ScoringMapper(inputSchema, Trained).OutputSchema;
    }

    IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return new ScoringMapper(inputSchema, Trained);
    }

    void ICanSaveModel.Save(ModelSaveContext ctx)
    {
        ArgumentNullException.ThrowIfNull(ctx);
        Save(ctx);
    }

    /// <summary>
    /// The clusters' centroids in the space of the embeddings, that of key 1 first, as ML.NET's K-means has them. Score is a row's squared distance from each; with Vade, whose centroids are the means of a mixture, it is minus the log joint density.
    /// </summary>
    /// <param name="centroids">Becomes k dense vectors of p values. An array of k is filled anew, and its vectors are used again.</param>
    /// <param name="k">The number of clusters.</param>
    /// <exception cref="NotSupportedException">
    /// The method is of the DDC family, or Depict: it has no centroids, since its clusters are outputs of its network.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The transformer was disposed.</exception>
    /// <exception cref="InsufficientMemoryException">There is too little memory.</exception>
    public void GetClusterCentroids(ref VBuffer<float>[] centroids, out int k)
    {
        var values = Trained.Centroids() ?? throw new NotSupportedException(
            $"{Method} has no centroids: its clusters are outputs of its network. Take the mean of Embedding over the rows of a cluster, or a method that has centroids, such as Idec.");
        k = values.Length;
        if (centroids?.Length != k)
            centroids = new VBuffer<float>[k];
        for (var cluster = 0; cluster < k; cluster++)
            new VBuffer<float>(values[cluster].Length, values[cluster]).CopyTo(ref centroids[cluster]);
    }

    /// <summary>
    /// Decodes each cluster's centroid, that of key 1 first: k arrays in the scale and layout of the feature column. Each is a picture of what its
    /// cluster stands for, clearest with DynAE, which trains towards it (Mrabah et al. 2020, Figure 1), and rough with DEC, which does not train
    /// its decoder after pretraining. Empty for the methods of the DDC family and for Depict, which have no centroids.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The transformer was disposed.</exception>
    /// <exception cref="InsufficientMemoryException">There is too little memory.</exception>
    public IReadOnlyList<float[]> DecodeCentroids() => Trained.DecodeCentroids();

    /// <summary>Frees the native memory of the model.</summary>
    public void Dispose() => Trained.Dispose();

    private void Save(ModelSaveContext context) => MachineLearningInternals.Save(context, ModelFile.Write(Trained));
}
