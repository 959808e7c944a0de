using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Reporting;

/// <summary>Draws an embedding by its principal components and by t-SNE.</summary>
internal static class EmbeddingPictures
{
    private const double Perplexity = 30;

    public static IReadOnlyList<Picture> Draw(string start, EmbeddedRows embedding, ClassMap map, int seed, CancellationToken cancellation)
    {
        // Whatever the calling program has set.
        using var inference = inference_mode(false);
        using var gradients = set_grad_enabled(false);
        using var scope = NewDisposeScope();
        var finite = Enumerable.Range(0, embedding.Rows.Count).Where(i => Array.TrueForAll(embedding.Rows[i], float.IsFinite)).ToArray();
        // The rows in a drawn order: the first of them are a sample, and t-SNE's are among those drawn by components.
        var order = (int[])finite.Clone();
        new Random(seed).Shuffle(order);
        var leftOut = embedding.Rows.Count - finite.Length is var odd and > 0 ? $" Left out for NaN or infinity: {Plain.Count(odd)}." : "";
        var all = embedding.DrawnOf ?? finite.Length;
        string Sampled(int count) => $"{Plain.Count(count)} of {Plain.Count(all)} rows{(count < all ? $", drawn with seed {seed}" : "")}.{leftOut}";

        var few = order.Take(embedding.MaximumByNeighbours).Order().ToArray();
        var many = order.Take(embedding.MaximumByComponents).Order().ToArray();
        var (components, shares) = ByComponents(embedding, finite, many);
        var neighbours = Places(TSne.Embed(Rows(embedding, few), Perplexity, seed, cancellation: cancellation));
        Picture[] pictures =
        [
            Plot(embedding, map, many, components, $"component 1, {Plain.Percent(shares[0])} % of the variance", $"component 2, {Plain.Percent(shares[1])} %")
                .Draw($"{start}-embedding-components", "Embedding, principal components", Sampled(many.Length)),
            Plot(embedding, map, few, neighbours, "t-SNE 1", "t-SNE 2")
                .Draw($"{start}-embedding-tsne", "Embedding, t-SNE", $"{Sampled(few.Length)} {Trust(few.Length)}"),
        ];
        return embedding is { ColourByClass: true, Classes: { } classes } ? [.. pictures, ByClass(start, classes, map, few, neighbours, Sampled(few.Length))] : pictures;
    }

    private static Picture ByClass(string start, IReadOnlyList<int> classes, ClassMap map, int[] drawn, (double, double)[] places, string caption) => new ScatterPlot
    {
        Points = places,
        Clusters = Array.ConvertAll(drawn, i => classes[i] + 1),
        Map = new ClassMap([], null),
        HorizontalAxis = "t-SNE 1",
        VerticalAxis = "t-SNE 2",
        Group = "class",
        NameOf = group => map.NameOf(group - 1),
    }.Draw($"{start}-embedding-classes", "Embedding, t-SNE, by class", $"{caption} The same map as by cluster; the colours are those of the known classes.");

    private static string Trust(int rows) => TSne.UsedPerplexity(rows, Perplexity) is { } used
        ? $"Perplexity {Plain.Number(used)}. Neighbours are to be trusted, distances between groups are not."
        : "Too few for t-SNE: their principal components.";

    // The components of all rows, the places of some of them.
    private static ((double, double)[] Places, double[] Shares) ByComponents(EmbeddedRows embedding, int[] finite, int[] drawn)
    {
        using var scope = NewDisposeScope();
        var rows = Rows(embedding, finite);
        var projected = PrincipalComponents.Project(rows);
        var places = Places(projected);
        return (drawn.Select(i => places[Array.BinarySearch(finite, i)]).ToArray(), PrincipalComponents.VarianceShares(rows, projected));
    }

    private static ScatterPlot Plot(EmbeddedRows embedding, ClassMap map, int[] drawn, (double, double)[] places, string horizontal, string vertical) => new()
    {
        Points = places,
        Clusters = Array.ConvertAll(drawn, i => embedding.Clusters[i]),
        Classes = embedding.Classes is { } classes ? Array.ConvertAll(drawn, i => classes[i]) : null,
        Map = map,
        HorizontalAxis = horizontal,
        VerticalAxis = vertical,
    };

    private static Tensor Rows(EmbeddedRows embedding, int[] rows)
    {
        var size = rows.Length == 0 ? 0 : embedding.Rows[rows[0]].Length;
        var values = new float[rows.Length * size];
        for (var i = 0; i < rows.Length; i++)
            embedding.Rows[rows[i]].CopyTo(values, i * size);
        return tensor(values, new long[] { rows.Length, size }, dtype: ScalarType.Float32, device: CPU);
    }

    private static (double X, double Y)[] Places(Tensor projected)
    {
        // The accessor cannot copy a matrix without rows.
        var values = projected.shape[0] == 0 ? [] : projected.data<double>().ToArray();
        return Enumerable.Range(0, values.Length / 2).Select(i => (values[2 * i], values[2 * i + 1])).ToArray();
    }
}
