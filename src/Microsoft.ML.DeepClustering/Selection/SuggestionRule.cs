using System.Globalization;

namespace Microsoft.ML.DeepClustering.Selection;

/// <summary>
/// Which number of clusters a scan suggests: that of the highest product of silhouette and stability, the smaller of equals. The silhouette says
/// how clear the clusters are, and it counts as far as seeds agree on what they are. With more clusters than the data have, seeds split them
/// differently, with fewer they join them differently. Stability alone would not do, since a few large groups of clusters may be stable too.
/// Rousseeuw, "Silhouettes", J. Comput. Appl. Math. 20, 1987; Ben-Hur, Elisseeff and Guyon, "A stability based method for discovering
/// structure in clustered data", Pacific Symposium on Biocomputing 2002; von Luxburg, "Clustering stability: an overview", Foundations and Trends
/// in Machine Learning 2(3), 2010. The product is this library's own. With one seed the silhouette decides alone.
/// A number does not qualify when half or more of its trainings failed or left a cluster empty.
/// </summary>
internal static class SuggestionRule
{
    // Up to this, "no substantial structure has been found": Kaufman and Rousseeuw, Finding Groups in Data, 1990, Chapter 2, Table 4.
    private const double LowestSubstantialSilhouette = 0.25;

    public static (int? NumberOfClusters, string Reason) Choose(IReadOnlyList<ScannedNumberOfClusters> results)
    {
        var qualified = results.Where(Qualifies).ToList();
        if (qualified.Count == 0)
        {
            return (null, "No number of clusters is suggested: at each, half or more of the trainings failed or left a cluster empty. "
                + "Scan smaller numbers, train longer, or choose another method.");
        }

        var best = qualified.MaxBy(Score)!;
        return (best.NumberOfClusters, Choice(best) + Overruled(best, qualified) + Cautions(best, results));
    }

    private static bool Qualifies(ScannedNumberOfClusters result)
        => 2 * result.Trainings.Count(t => t.Failure == null && t.NumberOfEmptyClusters == 0 && double.IsFinite(t.Silhouette)) > result.Trainings.Count;

    // A negative silhouette is not to gain by clusters that seeds disagree on, nor is an agreement below chance to turn the sign.
    private static double Score(ScannedNumberOfClusters result)
        => double.IsNaN(result.Stability) || result.Silhouette <= 0 ? result.Silhouette : result.Silhouette * Math.Max(0, result.Stability);

    private static string Choice(ScannedNumberOfClusters best) => double.IsNaN(best.Stability)
        ? $"{best.NumberOfClusters} clusters have the highest silhouette, {Number(best.Silhouette)}; with one seed nothing is known of their stability."
        : $"{best.NumberOfClusters} clusters have the highest product of silhouette, {Number(best.Silhouette)}, and stability, {Number(best.Stability)}.";

    // The one that the silhouette alone would have preferred.
    private static string Overruled(ScannedNumberOfClusters best, List<ScannedNumberOfClusters> qualified)
    {
        var clearest = qualified.MaxBy(r => r.Silhouette)!;
        return clearest.Silhouette <= best.Silhouette
            ? ""
            : $" {clearest.NumberOfClusters} clusters have a higher silhouette, {Number(clearest.Silhouette)}, but seeds agree less on them: stability {Number(clearest.Stability)}.";
    }

    private static string Cautions(ScannedNumberOfClusters best, IReadOnlyList<ScannedNumberOfClusters> results)
    {
        var cautions = "";
        if (best.Silhouette <= LowestSubstantialSilhouette)
            cautions += $" A silhouette of {Number(LowestSubstantialSilhouette)} or less says that the embeddings have hardly any clear clusters: take the suggestion as weak.";
        if (results.Count > 1 && best == results[^1])
            cautions += " It is the largest number of the scan: scan further.";
        return cautions;
    }

    private static string Number(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);
}
