using Microsoft.ML.Data;
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
public sealed class DeepClusteringTransformer : ITransformer, IDisposable
{
    internal DeepClusteringTransformer(IHostEnvironment environment, TrainedModel model)
    {
        Host = environment.Register(model.Options.MethodName);
        Model = model;
    }

    /// <summary>The method that was trained, for example "DdcUco".</summary>
    public string Method => Model.Options.MethodName;

    /// <summary>k.</summary>
    public int NumberOfClusters => Model.NumberOfClusters;

    /// <summary>p, the length of an embedding.</summary>
    public int EmbeddingSize => Model.EmbeddingSize;

    /// <summary>The records of the training; saved with the model.</summary>
    public TrainingHistory History => Model.History;

    bool ITransformer.IsRowToRowMapper => true;

    internal IHost Host { get; }

    internal TrainedModel Model { get; }

    /// <summary>
    /// Scores lazily, in batches, when a cursor asks for one of the new columns. When a row has a value or a score that is not finite, the cursor or
    /// the prediction engine throws an <see cref="InvalidOperationException"/> that names the row.
    /// </summary>
    public IDataView Transform(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        Model.ThrowIfDisposed();
        return new ScoredDataView(input, new ScoringMapper(input.Schema, Model), Save);
    }

    /// <summary>The schema of what <see cref="Transform"/> gives.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The feature column is missing or of the wrong type or size.</exception>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return new ScoringMapper(inputSchema, Model).OutputSchema;
    }

    IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return new ScoringMapper(inputSchema, Model);
    }

    void ICanSaveModel.Save(ModelSaveContext ctx)
    {
        ArgumentNullException.ThrowIfNull(ctx);
        Save(ctx);
    }

    /// <summary>
    /// Decodes each cluster's centroid, that of key 1 first: k arrays in the scale and layout of the feature column. Each is a picture of what its
    /// cluster stands for, clearest with DynAE, which trains towards it (Mrabah et al. 2020, Figure 1), and rough with DEC, which does not train
    /// its decoder after pretraining. Empty for the methods of the DDC family, which have no centroids.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The transformer was disposed.</exception>
    /// <exception cref="InsufficientMemoryException">There is too little memory.</exception>
    public IReadOnlyList<float[]> DecodeCentroids() => Model.DecodeCentroids();

    /// <summary>Frees the native memory of the model.</summary>
    public void Dispose() => Model.Dispose();

    private void Save(ModelSaveContext context) => MachineLearningInternals.Save(context, ModelFile.Write(Model));
}
