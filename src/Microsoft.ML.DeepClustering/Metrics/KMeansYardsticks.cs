namespace Microsoft.ML.DeepClustering.Metrics;

/// <summary>What k-means finds in the features and in the embedding; null where there was nothing to cluster.</summary>
internal sealed record KMeansYardsticks(KMeansYardstick? Features, KMeansYardstick? Embedding);
