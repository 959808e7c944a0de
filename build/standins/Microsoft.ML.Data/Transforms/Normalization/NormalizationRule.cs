namespace Microsoft.ML.Data;

/// <summary>How a normalizer's scale and offset follow from the data.</summary>
internal enum NormalizationScheme
{
    MinMax,
    MeanVariance,
}

/// <param name="FixZero">Whether zero stays zero, so that the values are only scaled.</param>
internal sealed record NormalizationRule(NormalizationScheme Scheme, long MaximumExampleCount, bool FixZero);
