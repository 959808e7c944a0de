using System.Text.Json.Serialization;
using Microsoft.ML.DeepClustering.Options;

namespace Microsoft.ML.DeepClustering;

/// <summary>
/// Random changes of the images of a training batch: each is rotated, sheared, scaled and shifted by amounts of its own, drawn uniformly in both directions.
/// Training sees a changed image in place of each, scoring never does.
/// </summary>
public sealed record ImageAugmentation
{
    /// <summary>
    /// The largest shift along each side: a share of its length, 0 to 1, or 0 or more pixels, as <see cref="ShiftUnit"/> says. Default: 0.1, as in the code
    /// of Mrabah et al. 2020; their paper says one pixel.
    /// </summary>
    public double Shift { get; init; } = 0.1;

    /// <summary>What <see cref="Shift"/> counts. Default: <see cref="ShiftUnit.Share"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public ShiftUnit ShiftUnit { get; init; }

    /// <summary>The largest rotation about the middle, in degrees, 0 to 180. Default: 10 (Mrabah et al. 2020, Section 4).</summary>
    public double Rotation { get; init; } = 10;

    /// <summary>The largest shear along the rows, in degrees by which columns lean, 0 to below 90. Default: 0; Miklautz et al. 2025 have 8.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public double Shear { get; init; }

    /// <summary>s, 0 to below 1: sizes are multiplied by 1 - s to 1 + s. Default: 0.</summary>
    public double Scale { get; init; }

    /// <summary>What is seen beyond the border. Default: <see cref="AugmentationFill.Border"/>, the nearest pixel of the border.</summary>
    public AugmentationFill Fill { get; init; } = AugmentationFill.Border;

    /// <summary>How a pixel follows from those about its origin. Default: <see cref="AugmentationInterpolation.Bilinear"/>.</summary>
    public AugmentationInterpolation Interpolation { get; init; } = AugmentationInterpolation.Bilinear;

    internal void Validate(OptionFaults faults, string option)
    {
        faults.Known(ShiftUnit, $"{option}.{nameof(ShiftUnit)}");
        if (ShiftUnit == ShiftUnit.Pixels)
            faults.NotNegative(Shift, $"{option}.{nameof(Shift)}");
        else
            faults.Require(Shift is >= 0 and <= 1, $"{option}.{nameof(Shift)}", Shift, "0 to 1");
        faults.Require(Rotation is >= 0 and <= 180, $"{option}.{nameof(Rotation)}", Rotation, "0 to 180 degrees");
        faults.Require(Shear is >= 0 and < 90, $"{option}.{nameof(Shear)}", Shear, "0 to below 90 degrees");
        faults.Require(Scale is >= 0 and < 1, $"{option}.{nameof(Scale)}", Scale, "0 to below 1");
        faults.Known(Fill, $"{option}.{nameof(Fill)}");
        faults.Known(Interpolation, $"{option}.{nameof(Interpolation)}");
    }
}
