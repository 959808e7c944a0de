#nullable disable
using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Augmentation;

/// <summary>Rotates, scales and shifts the images of a batch, each by amounts of its own, in a few operations for the whole batch.</summary>
internal sealed class RandomAffine(ImageAugmentation options)
{
    /// <summary>Changes images by random amounts: (n, channels, height, width) -> the same.</summary>
    /// <param name="images">The images.</param>
    /// <param name="generator">The source of the amounts; on the CPU.</param>
    public Tensor Apply(Tensor images, Generator generator)
    {
        using var gradientsOff = no_grad();
        using var scope = NewDisposeScope();
        var amounts = (rand(new[] { images.shape[0], 4L }, generator: generator) * 2.0 - 1.0).to(images.device);
        var changed = Transform(
            images, amounts.select(1, 0) * (options.Rotation * Math.PI / 180), amounts.select(1, 1) * options.Scale + 1.0, amounts.narrow(1, 2, 2) * options.Shift);
        return changed.MoveToOuterDisposeScope();
    }

    /// <summary>Changes images by given amounts.</summary>
    /// <param name="images">(n, channels, height, width).</param>
    /// <param name="angles">(n), radians, from the x axis (right) towards the y axis (down).</param>
    /// <param name="scales">(n), the factor of sizes.</param>
    /// <param name="shifts">(n, 2), shares of width and height to the right and down.</param>
    internal Tensor Transform(Tensor images, Tensor angles, Tensor scales, Tensor shifts)
    {
        var (height, width) = ((double)images.shape[2], (double)images.shape[3]);
        // From a pixel's place to its origin, in coordinates of -1 to 1 along each side: back by the shift, then turned back and scaled.
        var (cos, sin) = (angles.cos() / scales, angles.sin() / scales);
        var (across, down) = (sin * (height / width), sin * (-width / height));
        var (right, below) = (shifts.select(1, 0) * -2.0, shifts.select(1, 1) * -2.0);
        var rows = new[] { cos, across, cos * right + across * below, down, cos, down * right + cos * below };
        var toOrigin = stack(rows, 1).reshape(-1, 2, 3);
        var grid = nn.functional.affine_grid(toOrigin, images.shape, false);
        return nn.functional.grid_sample(images, grid, Mode, Padding, false);
    }

    private GridSampleMode Mode => options.Interpolation == AugmentationInterpolation.Nearest ? GridSampleMode.Nearest : GridSampleMode.Bilinear;

    private GridSamplePaddingMode Padding => options.Fill switch
    {
        AugmentationFill.Zeros => GridSamplePaddingMode.Zeros,
        AugmentationFill.Reflection => GridSamplePaddingMode.Reflection,
        _ => GridSamplePaddingMode.Border,
    };
}
