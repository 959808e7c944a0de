using Microsoft.ML.Data;

namespace Microsoft.ML.DeepClustering.Tests.Properties;

/// <summary>A row with features and columns of many other types.</summary>
internal sealed class PropertyRow
{
    /// <summary>The places of the members with features, and with others that they may hide, in <see cref="Members"/>.</summary>
    public const int Values = 0, Decoy = 1;

    public static IReadOnlyList<string> Members { get; } = ["Features", "Others", "Id", "Text", "Flag", "Day", "Number", "Key", "Words"];

    public float[] Features { get; set; } = [];

    public float[] Others { get; set; } = [];

    public float Id { get; set; }

    public string Text { get; set; } = "";

    public bool Flag { get; set; }

    public DateTime Day { get; set; }

    public double Number { get; set; }

    [KeyType(5)]
    public uint Key { get; set; }

    public string[] Words { get; set; } = [];

    public static PropertyRow[] Make(PipelineCase drawn, int size)
    {
        var random = new Random(drawn.Seed);
        return Enumerable.Range(0, drawn.Rows).Select(i => new PropertyRow
        {
            Features = Vector(random, size),
            Others = Vector(random, size),
            Id = i,
            Text = $"text {random.Next(3)}",
            Flag = random.Next(2) == 0,
            Day = new DateTime(2000, 1, 1).AddDays(random.Next(10_000)),
            Number = random.NextDouble(),
            Key = (uint)random.Next(6),
            Words = Enumerable.Range(0, random.Next(3)).Select(w => $"word {w}").ToArray(),
        }).ToArray();
    }

    /// <summary>The columns under the names and in the order that were drawn.</summary>
    public static SchemaDefinition Definition(PipelineCase drawn, int[] dimensions)
    {
        var definition = SchemaDefinition.Create(typeof(PropertyRow));
        var columns = definition.ToDictionary(c => c.MemberName);
        foreach (var member in new[] { nameof(Features), nameof(Others) })
            columns[member].ColumnType = new VectorDataViewType(NumberDataViewType.Single, dimensions);
        definition.Clear();
        foreach (var i in drawn.Order)
        {
            columns[Members[i]].ColumnName = drawn.Names[i];
            definition.Add(columns[Members[i]]);
        }

        return definition;
    }

    private static float[] Vector(Random random, int size)
    {
        var kind = random.Next(3);
        return Enumerable.Range(0, size).Select(j => (j * 3 / size == kind ? 0.8f : -0.8f) + 0.4f * (float)(random.NextDouble() - 0.5)).ToArray();
    }
}

/// <summary>The columns that a model adds.</summary>
internal sealed class PropertyScores
{
    [KeyType(3)]
    public uint PredictedLabel { get; set; }

    public float[] Score { get; set; } = [];

    public float[] Probability { get; set; } = [];

    public float[] Embedding { get; set; } = [];

    /// <summary>The columns under the names that were drawn; those left out are not there.</summary>
    public static SchemaDefinition Definition(PipelineCase drawn)
    {
        string[] members = [nameof(PredictedLabel), nameof(Score), nameof(Probability), nameof(Embedding)];
        var definition = SchemaDefinition.Create(typeof(PropertyScores));
        foreach (var column in definition.ToArray())
        {
            if (drawn.Outputs[Array.IndexOf(members, column.MemberName)] is { } name)
                column.ColumnName = name;
            else
                definition.Remove(column);
        }

        return definition;
    }

    /// <summary>The values in the order of the columns, without those left out.</summary>
    public object[] ValuesOf(PipelineCase drawn)
        => new object[] { PredictedLabel, Score, Probability, Embedding }.Where((_, i) => drawn.Outputs[i] != null).ToArray();
}
