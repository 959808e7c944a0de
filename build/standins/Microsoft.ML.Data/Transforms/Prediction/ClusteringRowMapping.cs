namespace Microsoft.ML.Data;

/// <summary>Adds PredictedLabel and Score, both from one evaluation of the model a row.</summary>
internal sealed class ClusteringRowMapping(DataViewSchema inputSchema, DataViewSchema.Column feature, IClusteringModel model)
    : RowMapping(inputSchema, Columns(feature, model))
{
    private const string Kind = "Clustering";

    public override Delegate[] MakeGetters(DataViewRow input, bool[] active)
    {
        if (!active.AsSpan(InputSchema.Count).Contains(true))
            return new Delegate[2];

        var getFeatures = input.GetGetter<VBuffer<float>>(input.Schema[feature.Index]);
        var features = default(VBuffer<float>);
        var distances = new float[model.ClusterCount];
        var position = -1L;

        ValueGetter<uint> label = (ref uint target) =>
        {
            Update();
            target = (uint)IndexOfSmallest(distances) + 1;
        };
        ValueGetter<VBuffer<float>> score = (ref VBuffer<float> target) =>
        {
            Update();
            var editor = VBufferEditor.Create(ref target, distances.Length);
            distances.CopyTo(editor.Values);
            target = editor.Commit();
        };
        return [label, score];

        void Update()
        {
            if (position == input.Position && position >= 0)
                return;
            getFeatures(ref features);
            model.Score(features, distances);
            position = input.Position;
        }
    }

    /// <summary>The first of the smallest values; -1 if all are NaN.</summary>
    public static int IndexOfSmallest(ReadOnlySpan<float> values)
    {
        var best = -1;
        for (var i = 0; i < values.Length; i++)
        {
            if (!float.IsNaN(values[i]) && (best < 0 || values[i] < values[best]))
                best = i;
        }

        return best;
    }

    private static AddedColumn[] Columns(DataViewSchema.Column feature, IClusteringModel model)
    {
        int[] sources = [feature.Index];
        return
        [
            new AddedColumn("PredictedLabel", new KeyDataViewType(typeof(uint), model.ClusterCount), Annotations("PredictedLabel"), sources, null),
            new AddedColumn("Score", new VectorDataViewType(NumberDataViewType.Single, model.ClusterCount), Annotations("Score"), sources, null),
        ];
    }

    private static DataViewSchema.Annotations Annotations(string valueKind)
    {
        var builder = new DataViewSchema.Annotations.Builder();
        builder.AddPrimitiveValue(AnnotationKinds.ScoreColumnSetId, new KeyDataViewType(typeof(uint), int.MaxValue), 1u);
        builder.AddPrimitiveValue(AnnotationKinds.ScoreColumnKind, TextDataViewType.Instance, Kind.AsMemory());
        builder.AddPrimitiveValue(AnnotationKinds.ScoreValueKind, TextDataViewType.Instance, valueKind.AsMemory());
        return builder.ToAnnotations();
    }
}
