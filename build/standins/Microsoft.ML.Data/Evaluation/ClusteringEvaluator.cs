namespace Microsoft.ML.Data;

/// <summary>Reads scored data and computes <see cref="ClusteringMetrics"/>.</summary>
internal sealed class ClusteringEvaluator
{
    private readonly IDataView _data;
    private readonly DataViewSchema.Column _score;
    private readonly DataViewSchema.Column? _label;
    private readonly DataViewSchema.Column? _features;
    private readonly int _clusterCount;

    public ClusteringEvaluator(IDataView data, string labelColumnName, string scoreColumnName, string featureColumnName)
    {
        _data = data;
        _score = data.Schema.Require(scoreColumnName, "score");
        if (_score.Type is not VectorDataViewType { IsKnownSize: true } scores || scores.ItemType.RawType != typeof(float))
            throw Shapes.Mismatch("score", scoreColumnName, "known-size vector of Single", _score.Type.ToString());
        _clusterCount = scores.Size;

        if (!string.IsNullOrWhiteSpace(labelColumnName))
        {
            _label = data.Schema.Require(labelColumnName, "label");
            if (!LabelReader.Handles(_label.Value.Type))
                throw Shapes.Mismatch("label", labelColumnName, "Single or Key", _label.Value.Type.ToString());
        }

        if (!string.IsNullOrWhiteSpace(featureColumnName))
        {
            _features = data.Schema.Require(featureColumnName, "feature");
            if (_features.Value.Type is not VectorDataViewType { IsKnownSize: true } features || features.ItemType.RawType != typeof(float))
                throw Shapes.Mismatch("feature", featureColumnName, "known-size vector of Single", _features.Value.Type.ToString());
        }
    }

    public ClusteringMetrics Evaluate()
    {
        var contingency = new LabelClusterCounts(_clusterCount);
        var scatter = _features == null ? null : new ClusterScatter(_clusterCount, ((VectorDataViewType)_features.Value.Type).Size);
        ReadRows(_label, (label, cluster, distance, features) =>
        {
            contingency.Add(label, cluster, distance);
            scatter?.AddToCentroid(cluster, features);
        });
        if (scatter != null)
        {
            scatter.FinishCentroids();
            ReadRows(null, (_, cluster, _, features) => scatter.AddDistance(cluster, features));
        }

        return new ClusteringMetrics(contingency.MutualInformationPerLabelEntropy(), contingency.AverageDistance, scatter?.DaviesBouldinIndex() ?? 0);
    }

    private void ReadRows(DataViewSchema.Column? label, RowAction action)
    {
        DataViewSchema.Column?[] used = [_score, label, _features];
        using var cursor = _data.GetRowCursor(used.Where(column => column != null).Select(column => column.Value));
        var getScores = cursor.GetGetter<VBuffer<float>>(_score);
        var getLabel = label == null ? null : LabelReader.Make(cursor, label.Value);
        var getFeatures = _features == null ? null : cursor.GetGetter<VBuffer<float>>(_features.Value);
        var buffer = default(VBuffer<float>);
        var featureBuffer = default(VBuffer<float>);
        var scores = new float[_clusterCount];
        var features = scores.Length == 0 || _features == null ? [] : new float[((VectorDataViewType)_features.Value.Type).Size];
        while (cursor.MoveNext())
        {
            getScores(ref buffer);
            buffer.CopyTo(scores);
            if (scores.Any(float.IsNaN))
                continue;
            getFeatures?.Invoke(ref featureBuffer);
            if (getFeatures != null)
                featureBuffer.CopyTo(features);
            var cluster = ClusteringRowMapping.IndexOfSmallest(scores);
            action(getLabel?.Invoke() ?? 0, cluster, scores[cluster], features);
        }
    }

    private delegate void RowAction(int label, int cluster, float distance, float[] features);
}
