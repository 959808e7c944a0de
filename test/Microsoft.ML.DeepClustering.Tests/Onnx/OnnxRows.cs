using Microsoft.ML.Data;
using Microsoft.ML.DeepClustering.Tests.Support;

namespace Microsoft.ML.DeepClustering.Tests.Onnx;

/// <summary>A row of features alone: ML.NET makes each column of the data an input of the graph.</summary>
internal sealed class OnnxRow
{
    public float[] Features { get; set; } = [];
}

/// <summary>Data for conversion.</summary>
internal static class OnnxRows
{
    public const int Count = 100;

    /// <summary>Rows of three kinds, of which some lie between the kinds, so that not all probabilities are 0 or 1.</summary>
    public static float[][] Make(int size)
    {
        var rows = TestRows.Make(Count, size).Select(r => r.Features).ToArray();
        for (var i = 1; i < Count; i += 4)
        {
            var share = (float)i / Count;
            rows[i] = rows[i].Zip(rows[i - 1], (a, b) => share * a + (1 - share) * b).ToArray();
        }

        return rows;
    }

    /// <summary>A view with the column Features, of these dimensions.</summary>
    public static IDataView View(MLContext ml, float[][] rows, params int[] dimensions)
    {
        var schema = SchemaDefinition.Create(typeof(OnnxRow));
        schema[nameof(OnnxRow.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, dimensions);
        return ml.Data.LoadFromEnumerable(rows.Select(r => new OnnxRow { Features = r }), schema);
    }
}
