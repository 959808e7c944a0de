namespace Microsoft.ML.Data;

/// <summary>A model that gives each of its clusters a distance from a row; the smallest is the assigned cluster.</summary>
internal interface IClusteringModel : ICanSaveModel
{
    int FeatureCount { get; }

    int ClusterCount { get; }

    /// <summary>Writes a distance for each cluster.</summary>
    void Score(in VBuffer<float> features, Span<float> distances);
}
