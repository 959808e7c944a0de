using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Torch;

/// <summary>The order of images in memory.</summary>
internal static class ChannelsLast
{
    /// <summary>
    /// (n, channels, height, width) -> the same values in the same shape, on a processor with the channels of a pixel side by side in memory. Its
    /// convolutions and poolings are faster so, and hand the order on to what follows them.
    /// </summary>
    public static Tensor WithChannelsLast(this Tensor images)
    {
        if (images.device_type != DeviceType.CPU)
            return images;
        var (n, channels, height, width) = (images.shape[0], images.shape[1], images.shape[2], images.shape[3]);
        // With one channel both orders are the same values, which libtorch takes for the other order unless the strides say so.
        var pixels = channels == 1 ? images.reshape(n, height, width, 1) : images.permute(0, 2, 3, 1).contiguous();
        return pixels.permute(0, 3, 1, 2);
    }
}
