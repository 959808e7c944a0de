using Microsoft.ML.DeepClustering.Torch;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Augmentation;

/// <summary>Rotates, shears, scales and shifts the images of a batch, each by amounts of its own, in a few operations for the whole batch.</summary>
internal sealed class RandomAffine(ImageAugmentation options)
{
    /// <summary>Changes images by random amounts: (n, channels, height, width) -> the same.</summary>
    /// <param name="images">The images.</param>
    /// <param name="generator">The source of the amounts; on the CPU.</param>
    public Tensor Apply(Tensor images, Generator generator)
    {
        using var gradientsOff = no_grad();
        using var scope = NewDisposeScope();
        var amounts = Drawn(images.shape[0], 4, generator).to(images.device);
        // Drawn where it is asked for only, so that other changes stay what they were.
        var shears = options.Shear == 0 ? null : Drawn(images.shape[0], 1, generator).flatten().Times(options.Shear * Math.PI / 180).tan().to(images.device);
        var changed = Transform(
            images, amounts.select(1, 0).Times(options.Rotation * Math.PI / 180), amounts.select(1, 1).Times(options.Scale).Plus(1), Shifts(images, amounts.narrow(1, 2, 2)), shears);
        return changed.MoveToOuterDisposeScope();
    }

    /// <summary>Changes images by given amounts.</summary>
    /// <param name="images">(n, channels, height, width).</param>
    /// <param name="angles">(n), radians, from the x axis (right) towards the y axis (down).</param>
    /// <param name="scales">(n), the factor of sizes.</param>
    /// <param name="shifts">(n, 2), shares of width and height to the right and down.</param>
    /// <param name="shears">(n), pixels to the right for each pixel down, before the rotation; null for none.</param>
    internal Tensor Transform(Tensor images, Tensor angles, Tensor scales, Tensor shifts, Tensor? shears = null)
    {
        var (height, width) = ((double)images.shape[2], (double)images.shape[3]);
        // From a pixel's place to its origin, in coordinates of -1 to 1 along each side: back by the shift, then turned back, scaled and sheared back.
        var (cos, sin) = (angles.cos() / scales, angles.sin() / scales);
        var (along, across) = shears is null ? (cos, sin) : (cos.Plus(shears * sin), sin - shears * cos);
        across = across.Times(height / width);
        var down = sin.Times(-width / height);
        var (right, below) = (shifts.select(1, 0).Times(-2), shifts.select(1, 1).Times(-2));
        var rows = new[] { along, across, (along * right).Plus(across * below), down, cos, (down * right).Plus(cos * below) };
        // One product for all pixels of all images, in place of affine_grid, which takes twenty times as long: (2n, 3) (3, h w).
        var origins = stack(rows, 1).reshape(-1, 3).mm(Places(images));
        var grid = origins.reshape(-1, 2, images.shape[2], images.shape[3]).permute(0, 2, 3, 1);
        if (options.Fill != AugmentationFill.Minimum)
            return nn.functional.grid_sample(images, grid, Mode, Padding, false);
        var smallest = images.amin(new long[] { 2, 3 }, keepdim: true);
        return nn.functional.grid_sample(images - smallest, grid, Mode, Padding, false).Plus(smallest);
    }

    // (n, count) from U(-1, 1), on the CPU.
    private static Tensor Drawn(long n, long count, Generator generator)
        => rand(new[] { n, count }, dtype: ScalarType.Float32, device: CPU, generator: generator).Times(2).Minus(1);

    // (n, 2) of -1 to 1 -> (n, 2) shares of width and height.
    private Tensor Shifts(Tensor images, Tensor amounts) => options.ShiftUnit == ShiftUnit.Share
        ? amounts.Times(options.Shift)
        : stack(new[] { amounts.select(1, 0).Times(options.Shift / images.shape[3]), amounts.select(1, 1).Times(options.Shift / images.shape[2]) }, 1);

    // x, y and 1 of each pixel, row by row: (3, h w), -1 and 1 being the outer edges.
    private static Tensor Places(Tensor images)
    {
        var size = new[] { images.shape[2], images.shape[3] };
        var (x, y) = (Centres(size[1]).unsqueeze(0).expand(size), Centres(size[0]).unsqueeze(1).expand(size));
        return stack(new[] { x, y, ones_like(x) }).flatten(1).to(images.dtype, images.device);

        static Tensor Centres(long side) => Arithmetic.Numbers(side, CPU).to(ScalarType.Float64).Times(2).Plus(1).Over(side).Minus(1);
    }

    private GridSampleMode Mode => options.Interpolation == AugmentationInterpolation.Nearest ? GridSampleMode.Nearest : GridSampleMode.Bilinear;

    private GridSamplePaddingMode Padding => options.Fill switch
    {
        AugmentationFill.Zeros or AugmentationFill.Minimum => GridSamplePaddingMode.Zeros,
        AugmentationFill.Reflection => GridSamplePaddingMode.Reflection,
        _ => GridSamplePaddingMode.Border,
    };
}
