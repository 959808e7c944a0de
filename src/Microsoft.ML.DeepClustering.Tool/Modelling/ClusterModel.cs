using Microsoft.ML.Data;
using Microsoft.ML.DeepClustering.Tool.Input;
using Microsoft.ML.DeepClustering.Tool.Input.Views;

namespace Microsoft.ML.DeepClustering.Tool.Modelling;

/// <summary>A trained model with its preparation and the description of its input.</summary>
/// <param name="Preparation">To the features; null where the input has them.</param>
/// <param name="Trained">From the features to the clusters.</param>
/// <param name="Input">How data are read for it.</param>
internal sealed record ClusterModel(ITransformer? Preparation, DeepClusteringTransformer Trained, InputDescription Input) : IDisposable
{
    /// <summary>Both in one, an ordinary model of ML.NET.</summary>
    public ITransformer Whole => Preparation == null ? Trained : new TransformerChain<ITransformer>(Preparation, Trained);

    /// <summary>The rows with their features, computed once, and with what a report and an evaluation want beside them.</summary>
    public static IDataView Prepare(MLContext ml, LoadedInput input, ITransformer? preparation)
    {
        var view = input.Features.With(Beside(input));
        return preparation == null ? view : ml.Data.Cache(preparation.Transform(view), FeatureColumn);
    }

    /// <summary>The column of labels in prepared data.</summary>
    public static string LabelColumn(LoadedInput input) => Unused("Label", input);

    /// <summary>The column of texts to show in prepared data.</summary>
    public static string TextColumn(LoadedInput input) => Unused("Text", input);

    public void Dispose() => Trained.Dispose();

    private const string FeatureColumn = Modelling.Preparation.FeatureColumn;

    private static IEnumerable<ViewColumn> Beside(LoadedInput input)
    {
        if (input.Labels is { } labels)
            yield return ViewColumn.Texts(LabelColumn(input), labels);
        if (input.Texts is { } texts)
            yield return ViewColumn.Texts(TextColumn(input), texts);
    }

    // Nor one of the preparation's, which stand in brackets.
    private static string Unused(string name, LoadedInput input)
    {
        while (input.Features.Schema.GetColumnOrNull(name) != null)
            name = $"{name}_";
        return name;
    }
}
