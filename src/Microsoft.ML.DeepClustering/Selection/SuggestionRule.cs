using System.Globalization;

namespace Microsoft.ML.DeepClustering;

/// <summary>
/// Which number of clusters a scan suggests: of those that different seeds agree on, the one of highest silhouette.
/// <list type="number">
/// <item>A number stays when most of its trainings gave a model with rows in every cluster.</item>
/// <item>
/// Of these a number stays when its stability is within 0.1 of the highest. With more clusters than the data have, seeds split them differently,
/// and with fewer they often join them differently: Ben-Hur, Elisseeff and Guyon, "A stability based method for discovering structure in
/// clustered data", Pacific Symposium on Biocomputing 2002; von Luxburg, "Clustering stability: an overview", Foundations and Trends in Machine
/// Learning 2(3), 2010. Stability alone would not do, since few clusters are often stable too. With one seed this step is left out.
/// </item>
/// <item>Of these the highest silhouette decides, the smaller number of equals: Rousseeuw, "Silhouettes", J. Comput. Appl. Math. 20, 1987.</item>
/// </list>
/// </summary>
internal static class SuggestionRule
{
    private const double StabilityTolerance = 0.1;

    // Up to this, "no substantial structure has been found": Kaufman and Rousseeuw, Finding Groups in Data, 1990, Chapter 2, Table 4.
    private const double LowestSubstantialSilhouette = 0.25;

    public static (int? NumberOfClusters, string Reason) Choose(IReadOnlyList<ScannedNumberOfClusters> results)
    {
        var sound = results.Where(IsSound).ToList();
        if (sound.Count == 0)
        {
            return (null, "No number of clusters is suggested: at each, half or more of the trainings failed or left a cluster empty. "
                + "Scan smaller numbers, train longer, or choose another method.");
        }

        var highest = sound.Max(r => r.Stability);
        var stable = double.IsNaN(highest) ? sound : sound.FindAll(r => r.Stability >= highest - StabilityTolerance);
        var best = stable.MaxBy(r => r.Silhouette)!;
        return (best.NumberOfClusters, Choice(best, stable, highest) + Rejected(best, sound) + Cautions(best, results));
    }

    private static bool IsSound(ScannedNumberOfClusters result)
        => 2 * result.Trainings.Count(t => t.Failure == null && t.NumberOfEmptyClusters == 0 && double.IsFinite(t.Silhouette)) > result.Trainings.Count;

    private static string Choice(ScannedNumberOfClusters best, List<ScannedNumberOfClusters> stable, double highest)
    {
        var among = double.IsNaN(highest)
            ? "; with one seed nothing is known of its stability."
            : $" among the numbers whose stability is within {Number(StabilityTolerance)} of the highest, {Number(highest)}: {string.Join(", ", stable.Select(r => r.NumberOfClusters))}.";
        return $"{best.NumberOfClusters} clusters have the highest silhouette, {Number(best.Silhouette)}{among}";
    }

    // Those that the silhouette alone would have preferred.
    private static string Rejected(ScannedNumberOfClusters best, List<ScannedNumberOfClusters> sound)
    {
        var higher = sound.MaxBy(r => r.Silhouette)!;
        return higher.Silhouette <= best.Silhouette
            ? ""
            : $" {higher.NumberOfClusters} clusters have a higher one, {Number(higher.Silhouette)}, but seeds agree less on them: stability {Number(higher.Stability)}.";
    }

    private static string Cautions(ScannedNumberOfClusters best, IReadOnlyList<ScannedNumberOfClusters> results)
    {
        var cautions = "";
        if (best.Silhouette <= LowestSubstantialSilhouette)
            cautions += $" A silhouette of {Number(LowestSubstantialSilhouette)} or less says that the embeddings have hardly any clusters; take the suggestion as weak.";
        if (results.Count > 1 && best == results[^1])
            cautions += " It is the largest number of the scan; scan further.";
        return cautions;
    }

    private static string Number(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);
}
