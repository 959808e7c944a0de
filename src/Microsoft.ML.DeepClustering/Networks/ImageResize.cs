using Microsoft.ML.DeepClustering.Data;
using Microsoft.ML.DeepClustering.Onnx;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Networks;

/// <summary>
/// Enlarges images of which the convolutional network would leave too little, as the papers' authors did with USPS:
/// bilinearly, the smaller side to 32 pixels. The larger side grows with it up to 128, so that a line of many pixels does not become huge.
/// </summary>
internal sealed class ImageResize
{
    private const long SmallestSide = 32;
    private const long LargestGrownSide = 128;

    // Below 2 x 2 after the second block nothing of the image's layout is left to compare.
    private const long SmallestOutputSide = 2;

    private readonly InputShape _original;

    private ImageResize(InputShape original, InputShape shape) => (_original, Shape) = (original, shape);

    /// <summary>The shape after resizing.</summary>
    public InputShape Shape { get; }

    /// <summary>What is done, for the user.</summary>
    public string Note => $"Images of {_original.Dimensions[1]} x {_original.Dimensions[2]} pixels are too small for the convolutional network; they are enlarged to {Shape.Dimensions[1]} x {Shape.Dimensions[2]} (bilinear).";

    /// <summary>What an image of this shape needs; null when it is large enough.</summary>
    public static ImageResize? For(InputShape shape)
    {
        long height = shape.Dimensions[1], width = shape.Dimensions[2];
        return Math.Min(ConvolutionalNetwork.OutputSide(height), ConvolutionalNetwork.OutputSide(width)) >= SmallestOutputSide ? null : To(shape, SmallestSide);
    }

    /// <summary>What an image needs whose sides must have so many pixels; null when it is large enough.</summary>
    public static ImageResize? For(InputShape shape, long smallestSide) => Math.Min(shape.Dimensions[1], shape.Dimensions[2]) >= smallestSide ? null : To(shape, smallestSide);

    /// <summary>(n, channels, height, width) -> (n, channels, new height, new width).</summary>
    public Tensor Apply(Tensor images) => Resized(images, Shape);

    /// <summary>The same in an ONNX graph.</summary>
    public OnnxValue Apply(OnnxValue images) => images.Resize(Sides(_original), Sides(Shape));

    /// <summary>Back to the size before: (n, channels, new height, new width) -> (n, channels, height, width).</summary>
    public Tensor Undo(Tensor images) => Resized(images, _original);

    private static ImageResize To(InputShape shape, long smallestSide)
    {
        long height = shape.Dimensions[1], width = shape.Dimensions[2];
        var scale = (double)smallestSide / Math.Min(height, width);
        return new(shape, new([shape.Dimensions[0], Grown(height, scale), Grown(width, scale)]));
    }

    private static Tensor Resized(Tensor images, InputShape shape) => nn.functional.interpolate(
        images, new[] { shape.Dimensions[1], shape.Dimensions[2] }, mode: InterpolationMode.Bilinear, align_corners: false);

    private static (long Height, long Width) Sides(InputShape shape) => (shape.Dimensions[1], shape.Dimensions[2]);

    private static long Grown(long side, double scale) => Math.Max(side, Math.Min(LargestGrownSide, (long)Math.Round(side * scale)));
}
