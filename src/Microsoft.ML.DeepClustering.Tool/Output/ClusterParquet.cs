using Parquet;
using Parquet.Schema;

namespace Microsoft.ML.DeepClustering.Tool.Output;

/// <summary>Writes the clusters as a Parquet file of one row group.</summary>
internal static class ClusterParquet
{
    public static async Task WriteAsync(ClusterTable table, string path)
    {
        DataField<int> row = new("row"), cluster = new("cluster");
        DataField<float> probability = new("probability"), distance = new("distance");
        var name = table.Names is { } names ? new DataField<string>(names.Title) : null;
        var label = table.Labels == null ? null : new DataField<string>("label");
        var schema = new ParquetSchema(new DataField?[] { row, name, cluster, probability, distance, label }.OfType<Field>());
        await using var file = File.Create(path);
        await using var writer = await ParquetWriter.CreateAsync(schema, file);
        using var group = writer.CreateRowGroup();
        await group.WriteAsync<int>(row, table.RowNumbers);
        if (name != null)
            await group.WriteAsync(name, table.Names!.Value.Values);
        await group.WriteAsync<int>(cluster, table.Scored.Clusters);
        await group.WriteAsync<float>(probability, table.Scored.Probabilities);
        await group.WriteAsync<float>(distance, table.Scored.Distances);
        if (label != null)
            await group.WriteAsync(label, table.Labels!);
        group.CompleteValidate();
    }
}
