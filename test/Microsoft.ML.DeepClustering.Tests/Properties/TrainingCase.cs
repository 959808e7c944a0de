using FsCheck;
using FsCheck.Fluent;
using Microsoft.ML.DeepClustering.Methods;
using Microsoft.ML.DeepClustering.Tests.Support;

namespace Microsoft.ML.DeepClustering.Tests.Properties;

/// <summary>What the numbers of a drawn data set are.</summary>
public enum Numbers
{
    Separate,
    FewDifferentRows,
    Large,
    Tiny,
    Whole,
    WithOneThatIsNotFinite,
}

/// <summary>Data and options of a training, drawn at random.</summary>
/// <param name="Method">The trainer's name.</param>
/// <param name="Numbers">The kind of values.</param>
/// <param name="Dimensions">Of a sample.</param>
/// <param name="Rows">The number of rows.</param>
/// <param name="Clusters">k.</param>
/// <param name="BatchSize">Rows a step.</param>
/// <param name="Seed">Of the values, and of the options that are not named here.</param>
public sealed record TrainingCase(string Method, Numbers Numbers, int[] Dimensions, int Rows, int Clusters, int BatchSize, int Seed)
{
    private static readonly float[] NotFinite = [float.NaN, float.PositiveInfinity, float.NegativeInfinity];

    public static Arbitrary<TrainingCase> Arbitrary() => Arb.From(
        from method in Gen.Elements(MethodNames.OptionTypes.Keys.ToArray())
        from numbers in Gen.Elements(Enum.GetValues<Numbers>())
        from dimensions in Gen.Elements<int[]>([1], [2], [5], [1, 2], [1, 3, 2], [2, 4, 4])
        from rows in Gen.Choose(0, 20)
        from clusters in Gen.Choose(2, 5)
        from batch in Gen.Choose(2, 8)
        from seed in Gen.Choose(0, 100_000)
        select new TrainingCase(method, numbers, dimensions, rows, clusters, batch, seed));

    public float[][] Features()
    {
        var random = new Random(Seed);
        var size = Dimensions.Aggregate((a, b) => a * b);
        var rows = TestVectors.Make(Rows, size, Clusters, Seed);
        for (var i = 0; i < rows.Length; i++)
        {
            rows[i] = Numbers switch
            {
                Numbers.FewDifferentRows => rows[i % 2],
                Numbers.Large => Array.ConvertAll(rows[i], v => v * MathF.Pow(10, random.Next(3, 38))),
                Numbers.Tiny => Array.ConvertAll(rows[i], v => v * MathF.Pow(10, -random.Next(3, 44))),
                Numbers.Whole => Array.ConvertAll(rows[i], v => MathF.Round((v + 1) * 127)),
                _ => rows[i],
            };
        }

        if (Numbers == Numbers.WithOneThatIsNotFinite && Rows > 0)
            rows[random.Next(Rows)][random.Next(size)] = NotFinite[random.Next(3)];
        return rows;
    }

    /// <summary>Every option that is a choice is drawn, and so are the small numbers.</summary>
    public DeepClusteringOptions Options()
    {
        var random = new Random(Seed);
        var options = TestMethods.Options(Method);
        Draw(options, random);
        if (options is not AutoencoderKMeansOptions)
            options.NumberOfEpochs = random.Next(1, 3);
        if (options is AutoencoderFamilyOptions autoencoder)
            (autoencoder.PretrainingEpochs, autoencoder.EmbeddingSize) = (random.Next(options is AutoencoderKMeansOptions ? 1 : 0, 3), random.Next(3) == 0 ? null : random.Next(1, 4));
        if (options is DepictOptions depict)
            (depict.PretrainingEpochs, depict.InitializationEpochs, depict.EmbeddingSize) = (random.Next(3), random.Next(1, 3), random.Next(3) == 0 ? null : random.Next(1, 4));
        // The fewest epochs that an annealing takes.
        if (options is DeepKMeansOptions { Annealing: true } annealed)
            annealed.NumberOfEpochs = 40;
        (options.NumberOfClusters, options.BatchSize, options.ScoringBatchSize) = (Clusters, BatchSize, random.Next(1, 9));
        options.LabelColumnName = "Label";
        return options;
    }

    private static void Draw(object options, Random random)
    {
        foreach (var property in options.GetType().GetProperties().Where(p => p.CanWrite))
        {
            if (property.PropertyType.IsEnum)
                property.SetValue(options, Enum.GetValues(property.PropertyType).GetValue(random.Next(Enum.GetValues(property.PropertyType).Length)));
            else if (property.PropertyType == typeof(bool))
                property.SetValue(options, random.Next(2) == 0);
            else if (property.PropertyType == typeof(CompanionOptions))
                Draw(property.GetValue(options)!, random);
            else if (property.Name.EndsWith("Restarts", StringComparison.Ordinal) || property.Name.EndsWith("Interval", StringComparison.Ordinal) || property.Name is "NumberOfRuns")
                property.SetValue(options, random.Next(1, 3));
            else if (property.Name.EndsWith("Weight", StringComparison.Ordinal))
                property.SetValue(options, Math.Pow(10, random.Next(-3, 3)));
        }
    }

    public override string ToString()
        => $"{Method}, {Rows} rows of {string.Join(" x ", Dimensions)}, numbers {Numbers}, {Clusters} clusters, batches of {BatchSize}, seed {Seed}; "
        + string.Join(", ", Options().GetType().GetProperties().Select(p => $"{p.Name} {p.GetValue(Options())}"));
}
