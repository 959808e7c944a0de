using Microsoft.ML.DeepClustering.Torch;
using Microsoft.ML.DeepClustering.Augmentation;
using Microsoft.ML.DeepClustering.Tests.Support;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Tests.Augmentation;

/// <summary>Rotations, scales and shifts of batches of images.</summary>
[TestClass]
public sealed class RandomAffineTests
{
    // Made from the formula of TestTensors.Wave(5, 7) by scipy.ndimage.affine_transform, order 1, modes nearest, grid-constant and reflect (0
    // outside for grid-constant); no seed. The version of SciPy is not recorded. Order 0 below.
    private static readonly double[] BorderGolden =
    [
        -0.6795629, -0.4015308, 0.8975177, 0.1560064, -0.6882009, -0.0339525, 0.6601023,
        -0.9266457, -0.3844688, 0.6415607, 0.3733894, -0.8838488, -0.1127638, 0.7192130,
        -0.8813790, -0.3877231, 0.5299856, 0.3547238, -0.6316354, -0.3456784, 0.9130841,
        -0.6970926, -0.6136151, 0.6013674, 0.3502939, -0.5495531, -0.3393324, 0.6389202,
        -0.6747755, -0.3541297, 0.8379366, 0.4352268, -0.6680397, -0.3328790, 0.5503253,
    ];

    private static readonly double[] ZerosGolden =
    [
        0.0000000, 0.0000000, 0.1020919, -0.5904248, 0.0000000, 0.0000000, 0.0000000,
        -0.0730025, -0.1342359, 0.6224709, 0.1316049, -0.0188965, 0.0000000, 0.0000000,
        0.0109867, -0.7601196, -0.2074759, 0.8981724, 0.5406598, 0.0000000, 0.0000000,
        0.8068112, 0.3675174, -0.5765743, -0.4079075, 0.4738035, 0.2890530, 0.0000000,
        -0.2802376, 0.5842179, 0.3807015, -0.5307559, -0.0462493, 0.0000000, 0.0000000,
    ];

    private static readonly double[] ReflectionGolden =
    [
        0.6486579, -0.5265016, -0.7005088, -0.6829223, 0.3790945, 0.2793100, -0.8259080,
        -0.0597323, -0.8839825, -0.5268183, -0.0045649, 0.6613460, -0.6216168, 0.0860586,
        0.1759585, 0.5326128, 0.6581597, 0.4800761, -0.1769441, -0.5349437, 0.7686754,
        0.9025237, -0.1181591, -0.5835676, -0.6606334, -0.4380538, 0.3443821, 0.7930070,
        -0.2332784, -0.7717968, 0.2076710, 0.6435557, 0.6701275, 0.9998106, 0.5193823,
    ];

    [TestMethod]
    public void Transform_ImageThatIsNotSquare_IsThatOfScipy()
    {
        using var scope = NewDisposeScope();
        TestTensors.AreClose(BorderGolden, Changed(new(), 0.3f, 1.1f, 0.12f, -0.08f), 2e-6);
        TestTensors.AreClose(ZerosGolden, Changed(new() { Fill = AugmentationFill.Zeros }, -0.5f, 0.8f, -0.2f, 0.15f), 2e-6);
        TestTensors.AreClose(ReflectionGolden, Changed(new() { Fill = AugmentationFill.Reflection }, 0.9f, 0.7f, 0.3f, -0.25f), 2e-6);
    }

    [TestMethod]
    public void Transform_FilledWithTheMinimum_IsTheSameOnAnyScale()
    {
        using var scope = NewDisposeScope();
        var images = TestTensors.Noise(2, 3, 5, 7).to(ScalarType.Float32).abs();
        // The smallest value of each channel is 0, and then both fills are the same.
        images -= images.amin(new long[] { 2, 3 }, keepdim: true);
        var zero = Moved(images, AugmentationFill.Zeros);
        TestTensors.AreClose(TestTensors.Values(zero), Moved(images, AugmentationFill.Minimum), 1e-6);
        var factors = tensor(new[] { 2f, 0.5f, 1f, 3f, 2f, 1f }, 2, 3, 1, 1);
        var offsets = tensor(new[] { -1f, 3f, 0f, 0.5f, -2f, 1f }, 2, 3, 1, 1);
        TestTensors.AreClose(TestTensors.Values((zero * factors).Plus(offsets)), Moved((images * factors).Plus(offsets), AugmentationFill.Minimum), 2e-6);

        static Tensor Moved(Tensor images, AugmentationFill fill) => new RandomAffine(new() { Fill = fill })
            .Transform(images, tensor(new[] { 0.3f, -0.5f }), tensor(new[] { 1.1f, 0.8f }), tensor(new[] { 0.12f, -0.08f, -0.2f, 0.15f }, 2, 2));
    }

    [TestMethod]
    public void Transform_AShear_IsThatOfScipy()
    {
        using var scope = NewDisposeScope();
        // Rotated by 0.3, enlarged by 1.1 and shifted as above, after a shear of 0.4 pixels to the right for each pixel down.
        double[] expected =
        [
            -0.6795629, -0.0543336, 0.6822820, -0.2924727, -0.5342502, 0.5924364, 0.2542264,
            -0.9266457, -0.5160801, 0.6421508, 0.2099817, -0.7532576, 0.2060320, 0.7103388,
            -0.8813790, -0.7840250, 0.2449502, 0.6652831, -0.6327257, -0.3659807, 0.8706447,
            -0.7005088, -0.6945877, -0.3126370, 0.8702089, -0.1798007, -0.8530440, 0.6489398,
            -0.7005088, -0.6972420, -0.5948754, 0.8466555, 0.4111458, -0.8851102, 0.0805721,
        ];
        var image = TestTensors.Wave(1, 1, 5, 7).to(ScalarType.Float32);
        var changed = new RandomAffine(new()).Transform(image, tensor(new[] { 0.3f }), tensor(new[] { 1.1f }), tensor(new[] { 0.12f, -0.08f }, 1, 2), tensor(new[] { 0.4f }));
        TestTensors.AreClose(expected, changed.flatten(), 2e-6);
    }

    [TestMethod]
    public void Apply_WithoutShear_DrawsWhatItDrewBefore()
    {
        using var scope = NewDisposeScope();
        var images = TestTensors.Noise(3, 1, 6, 6).to(ScalarType.Float32);
        using var one = new Generator(1);
        using var other = new Generator(1);
        var plain = new RandomAffine(new()).Apply(images, one);
        var sheared = new RandomAffine(new() { Shear = 30 }).Apply(images, other);
        Assert.AreNotEqual(TestTensors.Value(plain.sum()), TestTensors.Value(sheared.sum()));
        // Each image has its own shear, drawn after the other amounts.
        using var again = new Generator(1);
        var amounts = rand(new long[] { 3, 4 }, dtype: ScalarType.Float32, device: CPU, generator: again).Times(2).Minus(1);
        var angles = amounts.select(1, 0).Times(10 * Math.PI / 180);
        var expected = new RandomAffine(new()).Transform(images, angles, ones(3), amounts.narrow(1, 2, 2).Times(0.1));
        TestTensors.AreClose(TestTensors.Values(expected), plain, 1e-6);
        var shears = rand(new long[] { 3, 1 }, dtype: ScalarType.Float32, device: CPU, generator: again).Times(2).Minus(1).flatten().Times(30 * Math.PI / 180).tan();
        expected = new RandomAffine(new()).Transform(images, angles, ones(3), amounts.narrow(1, 2, 2).Times(0.1), shears);
        TestTensors.AreClose(TestTensors.Values(expected), sheared, 1e-6);
    }

    [TestMethod]
    public void Transform_NearestPixels_AreThoseOfTheImage()
    {
        using var scope = NewDisposeScope();
        // The same places with scipy's order 0.
        double[] expected =
        [
            -0.8587070, -0.3582293, 0.9720075, 0.1077537, -0.9997744, 0.7289690, 0.7289690,
            -0.9917789, -0.8587070, 0.6188350, 0.6992400, -0.9997744, 0.1498772, 0.9611527,
            -0.9917789, 0.0008882, 0.9915500, 0.9915500, -0.7990215, -0.4933410, 0.9261500,
            -0.7005088, -0.6174387, 0.8596159, -0.2563997, -0.9254786, -0.9254786, 0.4948853,
            -0.7005088, -0.6174387, 0.8596159, 0.3959252, -0.9616415, -0.1481207, 0.9998106,
        ];
        TestTensors.AreClose(expected, Changed(new() { Interpolation = AugmentationInterpolation.Nearest }, 0.3f, 1.1f, 0.12f, -0.08f), 2e-6);
    }

    [TestMethod]
    public void Transform_ShiftsOfWholePixels_MoveEachImageByItsOwn()
    {
        using var scope = NewDisposeScope();
        var images = TestTensors.Noise(2, 3, 4, 5).to(ScalarType.Float32);
        var shifts = tensor(new[] { 0.2f, 0f, 0f, -0.25f }, 2, 2); // a pixel to the right; a pixel up
        var moved = new RandomAffine(new() { Fill = AugmentationFill.Zeros }).Transform(images, zeros(2), ones(2), shifts);
        TestTensors.AreClose(TestTensors.Values(images[0].narrow(2, 0, 4)), moved[0].narrow(2, 1, 4), 1e-6);
        TestTensors.AreClose(new double[12], moved[0].narrow(2, 0, 1), 1e-6);
        TestTensors.AreClose(TestTensors.Values(images[1].narrow(1, 1, 3)), moved[1].narrow(1, 0, 3), 1e-6);
        TestTensors.AreClose(new double[15], moved[1].narrow(1, 3, 1), 1e-6);
    }

    [TestMethod]
    public void Apply_NoAmounts_LeavesTheImages()
    {
        using var scope = NewDisposeScope();
        var images = TestTensors.Noise(3, 2, 6, 5).to(ScalarType.Float32);
        using var generator = new Generator(1);
        var same = new RandomAffine(new() { Shift = 0, Rotation = 0 }).Apply(images, generator);
        TestTensors.AreClose(TestTensors.Values(images), same, 1e-6);
    }

    [TestMethod]
    public void Apply_SameSeed_GivesTheSameBitsAndAnotherSeedOthers()
    {
        using var scope = NewDisposeScope();
        var images = TestTensors.Noise(4, 1, 8, 8).to(ScalarType.Float32);
        var (first, again, other) = (WithSeed(images, 5), WithSeed(images, 5), WithSeed(images, 6));
        TestTensors.AreClose(TestTensors.Values(first), again, 0);
        Assert.IsGreaterThan(0.01, TestTensors.Value((first - other).abs().max()));
        // Each image by amounts of its own.
        var alike = ones(4, 1, 1, 1) * images.narrow(0, 0, 1);
        var changed = WithSeed(alike, 5);
        Assert.IsGreaterThan(0.01, TestTensors.Value((changed[0] - changed[1]).abs().max()));
    }

    [TestMethod]
    public void Apply_ManyDots_StaysWithinTheAmountsAndFillsThem()
    {
        using var scope = NewDisposeScope();
        // A dot in the middle of 41 x 41 shows the shift: up to 4.1 pixels each way, and a pixel of rounding.
        var images = zeros(500, 1, 41, 41);
        images.select(2, 20).select(2, 20).SetTo(1);
        using var generator = new Generator(3);
        var moved = new RandomAffine(new() { Rotation = 0, Interpolation = AugmentationInterpolation.Nearest }).Apply(images, generator);
        var places = moved.flatten(1).argmax(1).to(ScalarType.Float64);
        var row = places.Over(41.0).floor();
        var (rows, columns) = (row.Minus(20.0), (places - row.Times(41.0)).Minus(20.0));
        foreach (var offsets in new[] { rows, columns })
        {
            Assert.IsLessThanOrEqualTo(5.0, TestTensors.Value(offsets.abs().max()));
            Assert.IsGreaterThanOrEqualTo(3.0, TestTensors.Value(offsets.max()));
            Assert.IsLessThanOrEqualTo(-3.0, TestTensors.Value(offsets.min()));
            Assert.AreEqual(0, TestTensors.Value(offsets.mean()), 0.4);
        }
    }

    [TestMethod]
    public void Apply_ShiftInPixels_IsTheSameShareOfEachSide()
    {
        using var scope = NewDisposeScope();
        // 2 pixels are a tenth of the height and a quarter of the width.
        var images = TestTensors.Wave(5, 1, 20, 8).to(ScalarType.Float32);
        var (pixels, share) = (Shifted(images, new() { Shift = 2, ShiftUnit = ShiftUnit.Pixels }), Shifted(images, new() { Shift = 0.1 }));
        TestTensors.AreClose(TestTensors.Values(share.Down), pixels.Down, 1e-6);
        Assert.IsGreaterThan(0.01, TestTensors.Value((share.Changed - pixels.Changed).abs().max()));
        TestTensors.AreClose(TestTensors.Values(Shifted(images, new() { Shift = 0.25 }).Across), pixels.Across, 1e-6);
    }

    // The images changed; the mean of each row of images that do not differ across; that of each column of images that do not differ down.
    private static (Tensor Changed, Tensor Down, Tensor Across) Shifted(Tensor images, ImageAugmentation options)
    {
        options = options with { Rotation = 0 };
        return (Apply(images), Apply(images.narrow(3, 0, 1) * ones_like(images)), Apply(images.narrow(2, 0, 1) * ones_like(images)));

        Tensor Apply(Tensor all)
        {
            using var generator = new Generator(4);
            return new RandomAffine(options).Apply(all, generator);
        }
    }

    private static Tensor WithSeed(Tensor images, ulong seed)
    {
        using var generator = new Generator(seed);
        return new RandomAffine(new() { Scale = 0.1 }).Apply(images, generator);
    }

    private static Tensor Changed(ImageAugmentation options, float angle, float scale, float right, float down)
    {
        var image = TestTensors.Wave(1, 1, 5, 7).to(ScalarType.Float32);
        return new RandomAffine(options).Transform(image, tensor(new[] { angle }), tensor(new[] { scale }), tensor(new[] { right, down }, 1, 2));
    }
}
