using FsCheck;
using FsCheck.Fluent;

namespace Microsoft.ML.DeepClustering.Tests.Properties;

/// <summary>What may happen to the rows before they are scored.</summary>
public enum RowStep
{
    Cache,
    ShuffleAndCache,
    SkipTwo,
    TakeSeven,
}

/// <summary>How the features come into the column that the model reads.</summary>
public enum FeatureSource
{
    AsTheyAre,

    /// <summary>By Concatenate, which hides another vector of the same name.</summary>
    HidingOthers,

    /// <summary>Normalised under their own name, which hides the raw ones.</summary>
    Normalized,
}

/// <summary>A schema, a pipeline and a model, drawn at random.</summary>
/// <param name="Method">The name of one of <see cref="PropertyModels"/>.</param>
/// <param name="Names">The names of the columns of <see cref="PropertyRow.Members"/>.</param>
/// <param name="Order">The members in the order of their columns.</param>
/// <param name="Outputs">The names of the label, score, probability and embedding columns; null leaves one out.</param>
/// <param name="Source">Where the features come from.</param>
/// <param name="Steps">What happens to the rows, in order.</param>
/// <param name="Rows">The number of rows.</param>
/// <param name="BatchSize">ScoringBatchSize.</param>
/// <param name="Seed">Of the rows' values and of shuffling.</param>
public sealed record PipelineCase(
    string Method, string[] Names, int[] Order, string?[] Outputs, FeatureSource Source, RowStep[] Steps, int Rows, int BatchSize, int Seed)
{
    // Those of the outputs are among them, as are names that are awkward in files.
    private static readonly string[] Pool =
    [
        "Features", "PredictedLabel", "Score", "Probability", "Embedding", "Label", "a b", " leading", "trailing ", "größe", "特徴", "😀", "a.b", "a/b", "a\\b",
        "\"quoted\"", "'", "1", "features", "SCORE", "{0}", "%", "<xml>", "x,y", "a\tb", "null",
    ];

    /// <summary>The column that the model reads.</summary>
    public string FeatureColumnName => Source == FeatureSource.HidingOthers ? Names[PropertyRow.Decoy] : Names[PropertyRow.Values];

    public static Arbitrary<PipelineCase> Arbitrary(params string[] methods) => Arb.From(
        from method in Gen.Elements(methods)
        from names in Gen.Shuffle(Pool)
        from order in Gen.Shuffle(Enumerable.Range(0, PropertyRow.Members.Count))
        from outputs in OutputNames
        from source in Gen.Elements(Enum.GetValues<FeatureSource>())
        from steps in Gen.Elements(0, 1, 2, 3).SelectMany(count => Gen.ArrayOf(Gen.Elements(Enum.GetValues<RowStep>()), count))
        from rows in Gen.Choose(3, 14)
        from batch in Gen.Choose(1, 9)
        from seed in Gen.Choose(0, 10_000)
        select new PipelineCase(method, names[..PropertyRow.Members.Count], order, outputs, source, steps, rows, batch, seed));

    public override string ToString()
        => $"{Method}, features {Source} in '{FeatureColumnName}', columns {string.Join(" | ", Order.Select(i => $"{PropertyRow.Members[i]} as '{Names[i]}'"))}, "
        + $"outputs {string.Join(" | ", Outputs.Select(o => o is null ? "none" : $"'{o}'"))}, steps [{string.Join(", ", Steps)}], {Rows} rows in batches of {BatchSize}, seed {Seed}";

    // Different names, at least one, half of the time the usual ones.
    private static Gen<string?[]> OutputNames =>
        from names in Gen.Shuffle(Pool)
        from usual in Gen.Elements(true, false)
        from kept in Gen.Choose(1, 15)
        select Enumerable.Range(0, 4).Select(i => (kept >> i & 1) == 0 ? null : usual ? Pool[i + 1] : names[i]).ToArray();
}
