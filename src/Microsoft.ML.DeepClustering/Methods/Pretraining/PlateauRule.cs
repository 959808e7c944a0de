namespace Microsoft.ML.DeepClustering.Methods.Pretraining;

/// <summary>
/// Tells when a reconstruction error has stopped falling: from the epochs before to the last ones its mean falls by less than half a hundredth of what there
/// is to learn, the error of the mean row. An error of a tenth of that falls slowly for long; one of a hundredth has nothing left to fall by.
/// </summary>
internal static class PlateauRule
{
    private const double LeastFall = 0.005;

    // So many epochs that a halt on the way down is not taken for the end: 10 at least, and those of 100 steps.
    private const int LeastEpochs = 10;
    private const double Steps = 100;

    /// <summary>Whether the error has stopped falling.</summary>
    /// <param name="errors">Of each epoch, in their order.</param>
    /// <param name="batches">Steps an epoch.</param>
    /// <param name="errorOfMean">The error of the mean row, in the unit of the others.</param>
    public static bool IsReached(IReadOnlyList<double> errors, int batches, double errorOfMean)
    {
        var epochs = Math.Max(LeastEpochs, (int)Math.Ceiling(Steps / batches));
        return errors.Count >= 2 * epochs && Mean(errors, 2 * epochs, epochs) - Mean(errors, epochs, epochs) < LeastFall * errorOfMean;
    }

    private static double Mean(IReadOnlyList<double> errors, int fromEnd, int count) => errors.Skip(errors.Count - fromEnd).Take(count).Average();
}
