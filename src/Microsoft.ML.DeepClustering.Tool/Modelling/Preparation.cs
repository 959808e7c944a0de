using Microsoft.ML.DeepClustering.Tool.Input;
using Microsoft.ML.DeepClustering.Tool.Input.Images;
using Microsoft.ML.Transforms;
using Microsoft.ML.Transforms.Image;
using Microsoft.ML.Transforms.Text;

namespace Microsoft.ML.DeepClustering.Tool.Modelling;

/// <summary>The steps from the input to the column Features; they are part of the model.</summary>
internal static class Preparation
{
    public const string FeatureColumn = "Features";

    // The dictionary of a column of texts: bounded, since each word is an input of the network.
    private const int MostWords = 2000;

    private const string ImageColumn = "Image";

    /// <summary>Null where the input has the features already.</summary>
    public static IEstimator<ITransformer>? Create(MLContext ml, InputDescription input) => input.Kind switch
    {
        InputKind.Idx => null,
        InputKind.Images => Images(ml, input.Pixels!),
        _ => Columns(ml, input.Columns),
    };

    private static IEstimator<ITransformer> Images(MLContext ml, PixelFormat format)
    {
        IEstimator<ITransformer> pipeline = ml.Transforms.LoadImages(ImageColumn, imageFolder: "", ImageFolder.PathColumn)
            .Append(ml.Transforms.ResizeImages(ImageColumn, format.Width, format.Height));
        if (!format.Color)
            pipeline = pipeline.Append(ml.Transforms.ConvertToGrayscale(ImageColumn));
        return pipeline.Append(ml.Transforms.ExtractPixels(
            FeatureColumn,
            ImageColumn,
            colorsToExtract: format.Color ? ImagePixelExtractingEstimator.ColorBits.Rgb : ImagePixelExtractingEstimator.ColorBits.Red,
            offsetImage: format.Centered ? 127.5f : 0,
            scaleImage: format.Centered ? 1 / 127.5f : 1 / 255f));
    }

    private static IEstimator<ITransformer> Columns(MLContext ml, IReadOnlyList<ColumnUse> columns)
    {
        var steps = new List<IEstimator<ITransformer>>();
        var parts = new List<string>();
        var taken = columns.Select(c => c.InputName).Append(FeatureColumn).ToHashSet(StringComparer.Ordinal);
        string[] numbers = [.. columns.Where(c => c.Role == ColumnRole.Number).Select(c => c.InputName)];
        if (numbers.Length > 0)
        {
            var part = Part("numbers");
            steps.Add(ml.Transforms.Concatenate(part, numbers));
            steps.Add(ml.Transforms.ReplaceMissingValues(part, replacementMode: MissingValueReplacingEstimator.ReplacementMode.Mean));
            steps.Add(ml.Transforms.NormalizeMinMax(part, fixZero: false));
            parts.Add(part);
        }

        foreach (var column in columns.Where(c => c.Role != ColumnRole.Number))
        {
            var part = column.Role == ColumnRole.Sentence ? column.InputName : Part(column.Name);
            if (column.Role == ColumnRole.Category)
                steps.Add(ml.Transforms.Categorical.OneHotEncoding(part, column.InputName));
            else if (column.Role == ColumnRole.Text)
                steps.Add(ml.Transforms.Text.FeaturizeText(part, Words(), column.InputName));
            parts.Add(part);
        }

        steps.Add(ml.Transforms.Concatenate(FeatureColumn, [.. parts]));
        return steps.Aggregate((pipeline, step) => pipeline.Append(step));

        // A name that no other column has: a part would hide it.
        string Part(string name)
        {
            do
                name = $"({name})";
            while (!taken.Add(name));
            return name;
        }
    }

    // Words alone, weighed by how few texts have them; a text is a vector of length 1.
    private static TextFeaturizingEstimator.Options Words() => new()
    {
        CharFeatureExtractor = null,
        WordFeatureExtractor = new WordBagEstimator.Options { NgramLength = 1, MaximumNgramsCount = [MostWords], Weighting = NgramExtractingEstimator.WeightingCriteria.TfIdf },
        KeepPunctuations = false,
        Norm = TextFeaturizingEstimator.NormFunction.L2,
    };
}
