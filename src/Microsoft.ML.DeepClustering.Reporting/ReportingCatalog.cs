using Microsoft.ML.DeepClustering.Reporting;

namespace Microsoft.ML;

/// <summary>Reports on the clusters of any clustering model, ML.NET's own K-means too.</summary>
public static class ReportingCatalog
{
    /// <summary>
    /// Writes a report on clusters as one HTML file that needs no network: their sizes, their silhouette, maps of the rows, the known classes beside
    /// the clusters, the rows nearest to and farthest from each cluster, and the loss curves of the training.
    /// </summary>
    /// <remarks>
    /// The data is read once, by one cursor. Its memory does not grow with the rows, but for 64 MiB of embeddings at most: what is shown of single rows is
    /// kept only of those that are shown. An older report stays if anything fails. It computes with libtorch, as the library's own measures do, so
    /// that the program needs TorchSharp-cpu or one of its siblings.
    /// </remarks>
    /// <param name="catalog">The clustering catalog of an <see cref="MLContext"/>.</param>
    /// <param name="scored">
    /// The scored data: the output of a clustering model's <c>Transform</c>, with a column of predicted clusters or one of distances. Rows may be in any order.
    /// </param>
    /// <param name="path">The HTML file; its folder must exist.</param>
    /// <param name="options">The columns and what to show; null for the defaults.</param>
    /// <exception cref="ArgumentException">The options are out of range, or the path is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A named column is missing or its type does not fit.</exception>
    /// <exception cref="InvalidOperationException">The data has no rows, or a row that cannot be read.</exception>
    /// <exception cref="IOException">The file cannot be written: its folder is missing or must not be written to, or the path is that of a folder.</exception>
    /// <exception cref="OperationCanceledException"><see cref="ReportOptions.CancellationToken"/> was cancelled.</exception>
    public static void WriteReport(this ClusteringCatalog catalog, IDataView scored, string path, ReportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(scored);
        options ??= new ReportOptions();
        options.Validate();
        ReportFile.Check(path);
        var clusters = ClusterReport.Read(catalog, scored, options);
        ReportFile.Write(path, ClusterPage.Write(clusters, options));
    }
}
