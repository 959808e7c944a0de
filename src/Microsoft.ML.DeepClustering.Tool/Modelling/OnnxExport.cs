using Microsoft.ML.Data;
using Microsoft.ML.DeepClustering.Tool.Input;
using Microsoft.ML.DeepClustering.Tool.Input.Tables;
using Microsoft.ML.DeepClustering.Tool.Input.Views;

namespace Microsoft.ML.DeepClustering.Tool.Modelling;

/// <summary>Converts a model to an ONNX graph: the whole of it, or where its preparation has no counterpart in ONNX, the part from the features on.</summary>
internal sealed class OnnxExport(MLContext ml)
{
    /// <returns>The graph, its inputs in words, and why it is not the whole, or null.</returns>
    public (byte[] Graph, string Inputs, string? Note) Convert(ClusterModel model, DataViewSchema schema)
    {
        if (model.Preparation == null)
            return (Bytes(model.Trained, schema), Describe(schema), null);
        if (model.Input.Kind == InputKind.Images)
            return FromFeatures(model, $"ONNX does not read image files: the graph begins with the pixels ({model.Input.Pixels}; channels, height, width).");
        if (model.Input.Columns.Any(c => c.Role == ColumnRole.Text))
            return FromFeatures(model, $"ONNX has no counterpart of the text featurizer: the graph begins with the features that model.zip computes in its column {Preparation.FeatureColumn}.");
        try
        {
            return (Bytes(model.Whole, schema), Describe(schema), model.Input.UsesSentenceEncoder ? "The sentence encoder is not in the graph: its vectors of 384 numbers are an input." : null);
        }
        catch (Exception e) when (e is InvalidOperationException or NotSupportedException or ArgumentException)
        {
            return FromFeatures(model, $"The preparation has no counterpart in ONNX ({e.Message.TrimEnd('.')}): the graph begins with the features that model.zip computes in its column {Preparation.FeatureColumn}.");
        }
    }

    private (byte[] Graph, string Inputs, string? Note) FromFeatures(ClusterModel model, string note)
    {
        var schema = new DataViewSchema.Builder();
        schema.AddColumn(model.Trained.FeatureColumnName, model.Trained.FeatureColumnType);
        var features = schema.ToSchema();
        return (Bytes(model.Trained, features), Describe(features), note);
    }

    // Conversion looks at the columns alone.
    private byte[] Bytes(ITransformer model, DataViewSchema schema)
    {
        using var graph = new MemoryStream();
        ml.Model.ConvertToOnnx(model, new TableView([.. schema.Select(Empty)], 0), graph);
        return graph.ToArray();
    }

    private static ViewColumn Empty(DataViewSchema.Column column) => column.Type switch
    {
        VectorDataViewType vector => ViewColumn.Vectors(column.Name, vector, []),
        NumberDataViewType => ViewColumn.Numbers(column.Name, []),
        _ => ViewColumn.Texts(column.Name, []),
    };

    private static string Describe(DataViewSchema schema) => NameList.Of(schema.Select(c => c.Type is VectorDataViewType vector ? $"{c.Name} ({string.Join(" x ", vector.Dimensions)} numbers)" : c.Name));
}
