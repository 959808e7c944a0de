using Microsoft.ML.DeepClustering.Training;

namespace Microsoft.ML.DeepClustering.Networks;

/// <summary>Which network a shape of input gets.</summary>
internal static class NetworkChoice
{
    public static bool IsConvolutional(NetworkKind kind, InputShape shape)
    {
        if (kind == NetworkKind.Convolutional && !shape.IsImage)
        {
            throw new ArgumentException(
                $"Network is {kind}, but the features are a flat vector of {shape.Size} values; set ImageShape, give the column a vector type of three dimensions, or choose {NetworkKind.MultilayerPerceptron}.");
        }

        return shape.IsImage && kind != NetworkKind.MultilayerPerceptron;
    }
}
