using Microsoft.ML.Data;

namespace Microsoft.ML.Trainers;

/// <summary>The rows to cluster, with their weights and squared norms. Rows with missing values are left out.</summary>
internal sealed class Points
{
    private readonly List<float[]> _rows = [];
    private readonly List<float> _weights = [];
    private readonly List<float> _squaredNorms = [];

    public Points(int size)
    {
        Size = size;
    }

    /// <summary>The number of features.</summary>
    public int Size { get; }

    public int Count => _rows.Count;

    public long Skipped { get; private set; }

    public float[] this[int index] => _rows[index];

    public static Points Read(IDataView data, string featureColumnName, string weightColumnName)
    {
        var feature = data.Schema[featureColumnName];
        DataViewSchema.Column[] columns = weightColumnName == null ? [feature] : [feature, data.Schema[weightColumnName]];
        var points = new Points(((VectorDataViewType)feature.Type).Size);
        using var cursor = data.GetRowCursor(columns);
        var getFeatures = cursor.GetGetter<VBuffer<float>>(feature);
        var getWeight = weightColumnName == null ? null : cursor.GetGetter<float>(columns[1]);
        var features = default(VBuffer<float>);
        var weight = 1f;
        while (cursor.MoveNext())
        {
            getFeatures(ref features);
            getWeight?.Invoke(ref weight);
            var row = new float[points.Size];
            features.CopyTo(row);
            points.Add(row, weight);
        }

        return points;
    }

    public void Add(float[] row, float weight)
    {
        var squaredNorm = Kernels.Dot(row, row);
        if (float.IsFinite(squaredNorm) && float.IsFinite(weight))
        {
            _rows.Add(row);
            _weights.Add(weight);
            _squaredNorms.Add(squaredNorm);
        }
        else
        {
            Skipped++;
        }
    }

    public float Weight(int index) => _weights[index];

    public float SquaredNorm(int index) => _squaredNorms[index];
}
