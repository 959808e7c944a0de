namespace Microsoft.ML.DeepClustering.Optimizers;

/// <summary>The numbers of a step of Adam.</summary>
/// <param name="Beta1">β1.</param>
/// <param name="Rest1">1 - β1.</param>
/// <param name="Beta2">β2.</param>
/// <param name="Rest2">1 - β2.</param>
/// <param name="Correction">1 / sqrt(1 - β2^t).</param>
/// <param name="Epsilon">ε.</param>
/// <param name="Rate">Learning rate / (1 - β1^t).</param>
internal readonly record struct AdamFactors(float Beta1, float Rest1, float Beta2, float Rest2, float Correction, float Epsilon, float Rate);
