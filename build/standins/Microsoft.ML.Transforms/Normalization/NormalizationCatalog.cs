using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace Microsoft.ML;

/// <summary>Transforms that bring the values of columns to a common range.</summary>
public static class NormalizationCatalog
{
    public static NormalizingEstimator NormalizeMinMax(this TransformsCatalog catalog, string outputColumnName, string inputColumnName = null,
        long maximumExampleCount = 1000000000, bool fixZero = true)
        => catalog.NormalizeMinMax([new InputOutputColumnPair(outputColumnName, inputColumnName)], maximumExampleCount, fixZero);

    public static NormalizingEstimator NormalizeMinMax(this TransformsCatalog catalog, InputOutputColumnPair[] columns,
        long maximumExampleCount = 1000000000, bool fixZero = true)
        => new(CatalogUtils.GetEnvironment(catalog), new NormalizationRule(NormalizationScheme.MinMax, maximumExampleCount, fixZero), columns);

    public static NormalizingEstimator NormalizeMeanVariance(this TransformsCatalog catalog, string outputColumnName, string inputColumnName = null,
        long maximumExampleCount = 1000000000, bool fixZero = true, bool useCdf = false)
        => catalog.NormalizeMeanVariance([new InputOutputColumnPair(outputColumnName, inputColumnName)], maximumExampleCount, fixZero, useCdf);

    public static NormalizingEstimator NormalizeMeanVariance(this TransformsCatalog catalog, InputOutputColumnPair[] columns,
        long maximumExampleCount = 1000000000, bool fixZero = true, bool useCdf = false)
    {
        if (useCdf)
            throw new NotSupportedException("Normalizing to the cumulative distribution is not available in this build.");
        return new(CatalogUtils.GetEnvironment(catalog), new NormalizationRule(NormalizationScheme.MeanVariance, maximumExampleCount, fixZero), columns);
    }
}
