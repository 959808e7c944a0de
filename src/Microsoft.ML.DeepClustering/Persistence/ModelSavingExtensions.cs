using Microsoft.ML.DeepClustering.Persistence;

namespace Microsoft.ML;

/// <summary>Saving that cannot spoil a model that is there already.</summary>
public static class ModelSavingExtensions
{
    /// <summary>
    /// Saves a model like <c>Model.Save</c>, but into a temporary file beside the target, which it replaces only when all is written and
    /// flushed to the disk. A failure leaves the target as it was.
    /// </summary>
    /// <param name="catalog"><c>mlContext.Model</c>.</param>
    /// <param name="model">The model.</param>
    /// <param name="inputSchema">The schema of its input; may be null.</param>
    /// <param name="filePath">Where the model goes; an older file is replaced.</param>
    /// <exception cref="DirectoryNotFoundException">Its folder does not exist.</exception>
    public static void SaveAtomically(this ModelOperationsCatalog catalog, ITransformer model, DataViewSchema? inputSchema, string filePath)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentException.ThrowIfNullOrEmpty(filePath);
        var target = Path.GetFullPath(filePath);
        var folder = Path.GetDirectoryName(target);
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException($"The model cannot be saved to {target}: the folder {folder} does not exist; create it first.");
        AtomicFile.Write(target, stream => catalog.Save(model, inputSchema, stream));
    }
}
