using Microsoft.ML.DeepClustering.Tests.Support;

namespace Microsoft.ML.DeepClustering.Tests.Estimators;

/// <summary>Data that are allowed but hard: each either gives a model or says that training gave none.</summary>
/// <param name="Features">The rows.</param>
/// <param name="Dimensions">Of a sample.</param>
/// <param name="Clusters">k.</param>
/// <param name="BatchSize">Rows a step.</param>
/// <param name="MayDiverge">Whether the numbers may leave the range of float on the way, so that there is no model.</param>
/// <param name="IsUnscaled">Whether they may do so in plain gradient descent, whose steps grow with the scale of the features.</param>
internal sealed record DegenerateData(
    float[][] Features, int[] Dimensions, int Clusters = 3, int BatchSize = 6, bool MayDiverge = false, bool IsUnscaled = false)
{
    private const int Size = 8;

    private static readonly int[] Image = [1, TestRows.Side, TestRows.Side];

    /// <summary>Vectors by the name of the case.</summary>
    public static IReadOnlyDictionary<string, Func<DegenerateData>> Vectors { get; } = new Dictionary<string, Func<DegenerateData>>
    {
        ["constant columns"] = () => Vector(Made(13, row => row.Select((v, j) => j % 2 == 0 ? 0.5f : v))),
        ["all rows equal"] = () => Vector(Made(12, row => row.Select((_, j) => 0.1f * j))),
        ["all zeros"] = () => Vector(Made(12, row => row.Select(_ => 0f))),
        ["half of the rows identical"] = () => Vector(Made(12).Select((row, i) => i % 2 == 0 ? row : Made(1)[0]).ToArray()),
        ["one feature"] = () => new(TestVectors.Make(13, size: 1), [1]),
        ["one feature, binary"] = () => new(TestVectors.Make(13, size: 1).Select((_, i) => new float[] { i % 2 }).ToArray(), [1]),
        ["as many rows as clusters"] = () => Vector(Made(3)),
        ["one row more than clusters"] = () => Vector(Made(4)),
        ["two rows, two clusters"] = () => Vector(Made(2), clusters: 2),
        ["two equal rows, two clusters"] = () => Vector([Made(1)[0], Made(1)[0]], clusters: 2),
        ["a last batch of one row"] = () => Vector(Made(13)),
        ["a last batch of two rows"] = () => Vector(Made(14)),
        ["batches of two"] = () => Vector(Made(7), batchSize: 2),
        ["a batch larger than the data"] = () => Vector(Made(7), batchSize: 1000),
        ["whole numbers up to 255"] = () => Vector(Made(12, row => row.Select(v => MathF.Round((v + 1) * 127.5f)))) with { IsUnscaled = true },
        ["values of 1e30"] = () => Vector(Scaled(1e30f)) with { MayDiverge = true },
        ["values of 1e15"] = () => Vector(Scaled(1e15f)) with { MayDiverge = true },
        ["the largest floats"] = () => Vector(Made(12, row => row.Select(v => v > 0 ? float.MaxValue : float.MinValue))) with { MayDiverge = true },
        ["one column of 1e30"] = () => Vector(Made(12, row => row.Select((v, j) => j == 0 ? v * 1e30f : v))) with { MayDiverge = true },
        ["values of 1e-30"] = () => Vector(Scaled(1e-30f)),
        ["the smallest floats"] = () => Vector(Made(12, row => row.Select(v => v > 0 ? float.Epsilon : -float.Epsilon))),
    };

    /// <summary>The same for images.</summary>
    public static IReadOnlyDictionary<string, Func<DegenerateData>> Images { get; } = new Dictionary<string, Func<DegenerateData>>
    {
        ["all images equal"] = () => new(TestVectors.Make(1, 576)[0] is var row ? Enumerable.Repeat(row, 7).ToArray() : [], Image),
        ["black images"] = () => new(TestVectors.Make(7, 576).Select(_ => new float[576]).ToArray(), Image),
        ["a last batch of one image"] = () => new(TestVectors.Make(7, 576), Image),
        ["as many images as clusters"] = () => new(TestVectors.Make(3, 576), Image),
        ["two images, two clusters"] = () => new(TestVectors.Make(2, 576), Image, Clusters: 2),
        ["images of one pixel"] = () => new(TestVectors.Make(7, 1), [1, 1, 1]),
        ["images of 2 x 3 pixels"] = () => new(TestVectors.Make(7, 6), [1, 2, 3]),
        ["a line of values"] = () => new(TestVectors.Make(4, 100), [1, 100]),
        ["images up to 255"] = () => new(TestVectors.Make(7, 576).Select(row => row.Select(v => MathF.Round((v + 1) * 127.5f)).ToArray()).ToArray(), Image),
        ["images of 1e30"] = () => new(TestVectors.Make(7, 576).Select(row => row.Select(v => v * 1e30f).ToArray()).ToArray(), Image, MayDiverge: true),
        ["images of 1e-30"] = () => new(TestVectors.Make(7, 576).Select(row => row.Select(v => v * 1e-30f).ToArray()).ToArray(), Image),
    };

    private static DegenerateData Vector(float[][] features, int clusters = 3, int batchSize = 6) => new(features, [Size], clusters, batchSize);

    private static float[][] Scaled(float factor) => Made(12, row => row.Select(v => v * factor));

    private static float[][] Made(int count, Func<float[], IEnumerable<float>>? change = null)
        => TestVectors.Make(count, Size).Select(row => change?.Invoke(row).ToArray() ?? row).ToArray();
}
