using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>A catalog with an environment that its extensions use.</summary>
internal interface IInternalCatalog
{
    IHostEnvironment Environment { get; }
}

/// <summary>Gives extensions of a catalog its environment.</summary>
internal static class CatalogUtils
{
    public static IHostEnvironment GetEnvironment(this IInternalCatalog catalog)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return catalog.Environment;
    }
}
