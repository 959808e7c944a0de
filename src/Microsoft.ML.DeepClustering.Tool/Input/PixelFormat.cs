namespace Microsoft.ML.DeepClustering.Tool.Input;

/// <summary>What images become.</summary>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Color">Three channels; else one, grey.</param>
/// <param name="Centered">Values in [-1, 1], as the DDC family and DEPICT want them; else in [0, 1].</param>
internal sealed record PixelFormat(int Width, int Height, bool Color, bool Centered)
{
    public int Channels => Color ? 3 : 1;

    public override string ToString() => $"{Width} x {Height} pixels, {(Color ? "colour" : "grey")}, scaled to {(Centered ? "[-1, 1]" : "[0, 1]")}";
}
