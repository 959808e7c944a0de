using Microsoft.ML.Data;

namespace Benchmarks;

/// <summary>As many rows as wanted, around one corner of a cube for each cluster; they are never in memory at once.</summary>
internal static class MadeRows
{
    public static IDataView View(MLContext ml, long rows, int values, int clusters)
    {
        var schema = SchemaDefinition.Create(typeof(ImageRow));
        schema[nameof(ImageRow.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, values);
        return ml.Data.LoadFromEnumerable(Rows(rows, values, clusters), schema);
    }

    // One row and one array are used for all.
    private static IEnumerable<ImageRow> Rows(long rows, int values, int clusters)
    {
        var random = new Random(1);
        var row = new ImageRow { Features = new float[values] };
        for (var i = 0L; i < rows; i++)
        {
            row.Label = i % clusters;
            for (var j = 0; j < values; j++)
                row.Features[j] = ((i % clusters * 31 + j) % 7 < 3 ? 0.75f : 0.25f) + 0.25f * (random.NextSingle() - 0.5f);
            yield return row;
        }
    }
}
