using Microsoft.ML.DeepClustering.Data;
using Microsoft.ML.DeepClustering.Internals;
using Microsoft.ML.DeepClustering.Onnx;
using Microsoft.ML.DeepClustering.Torch;

namespace Microsoft.ML.DeepClustering.Scoring;

/// <summary>Writes the scoring of a model as an ONNX graph, from the feature column to the new columns that have names.</summary>
internal static class OnnxExport
{
    // A file of ONNX has 2 GiB at most; some is left for what MinimumWeights does not count.
    private const long MaximumWeights = ((1L << 31) - (64L << 20)) / sizeof(float);

    /// <summary>Whether the model's method has a form in ONNX that fits into a file.</summary>
    public static bool IsPossible(TrainedModel model) => model.Method is IOnnxMethod && Fits(model.Options, model.Shape);

    /// <summary>Whether the weights for features of a shape fit into a file of ONNX.</summary>
    public static bool Fits(DeepClusteringOptions options, InputShape shape) => options.MinimumWeights(shape) <= MaximumWeights;

    /// <summary>Adds the scoring to the graph of a pipeline.</summary>
    /// <exception cref="ArgumentException">The graph is to be of an operator set that is too old.</exception>
    /// <exception cref="ObjectDisposedException">The model was disposed.</exception>
    /// <exception cref="InsufficientMemoryException">The memory does not suffice for a copy of the weights.</exception>
    public static void Write(ScoringMapper mapper, OnnxWriter writer)
        => NativeFaults.Translate(() => WriteColumns(mapper, writer), "Converting the model to ONNX", () => "free some memory");

    private static void WriteColumns(ScoringMapper mapper, OnnxWriter writer)
    {
        var model = mapper.Model;
        using var use = model.Use();
        using var session = TorchSession.WithoutGradients();
        var graph = new OnnxGraph(writer);
        graph.Require(OnnxGraph.MinimumOperatorSet, model.Options.MethodName);
        var features = InputTensor.Arrange(graph.Column(mapper.FeatureColumn.Name), model.Shape);
        var assignment = ((IOnnxMethod)model.Method).Assign(model.Preparation.Export(features));
        foreach (var (kind, column) in mapper.Outputs.Zip(mapper.OutputSchema.Skip(mapper.InputSchema.Count)))
            graph.AddColumn(column.Name, column.Type, Column(kind, assignment));
    }

    private static OnnxValue Column(OutputKind kind, OnnxAssignment assignment) => kind switch
    {
        // Keys count from 1, indices from 0.
        OutputKind.PredictedLabel => assignment.Distances.ArgMin().Plus(1L).Cast<uint>(),
        OutputKind.Score => assignment.Distances,
        OutputKind.Probability => assignment.Probabilities,
        _ => assignment.Embedding,
    };
}
