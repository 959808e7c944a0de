using Microsoft.ML.Data;

namespace Microsoft.ML.DeepClustering.Tool.Modelling;

/// <summary>The cluster of each row, its probability and the distance to it, in the order of the input.</summary>
internal sealed record ScoredRows(int[] Clusters, float[] Probabilities, float[] Distances)
{
    public static ScoredRows Read(IDataView scored, CancellationToken cancellation)
    {
        DataViewSchema.Column label = scored.Schema["PredictedLabel"], score = scored.Schema["Score"], probability = scored.Schema["Probability"];
        List<int> clusters = [];
        List<float> probabilities = [], distances = [];
        using var cursor = scored.GetRowCursor([label, score, probability]);
        var getLabel = cursor.GetGetter<uint>(label);
        var getScore = cursor.GetGetter<VBuffer<float>>(score);
        var getProbability = cursor.GetGetter<VBuffer<float>>(probability);
        uint cluster = 0;
        VBuffer<float> values = default, shares = default;
        while (cursor.MoveNext())
        {
            cancellation.ThrowIfCancellationRequested();
            getLabel(ref cluster);
            getScore(ref values);
            getProbability(ref shares);
            clusters.Add((int)cluster);
            distances.Add(values.GetItemOrDefault((int)cluster - 1));
            probabilities.Add(shares.GetItemOrDefault((int)cluster - 1));
        }

        return new([.. clusters], [.. probabilities], [.. distances]);
    }
}
