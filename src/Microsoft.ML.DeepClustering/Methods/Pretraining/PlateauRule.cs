namespace Microsoft.ML.DeepClustering.Methods.Pretraining;

/// <summary>Tells when an error has stopped falling: its mean over the last epochs is within a hundredth of that of as many before them.</summary>
internal static class PlateauRule
{
    private const double LeastFall = 0.01;

    // So many epochs that a halt on the way down is not taken for the end: 10 at least, and those of 300 steps.
    private const int LeastEpochs = 10;
    private const double Steps = 300;

    /// <summary>Whether the error has stopped falling.</summary>
    /// <param name="errors">Of each epoch, in their order.</param>
    /// <param name="batches">Steps an epoch.</param>
    public static bool IsReached(IReadOnlyList<double> errors, int batches)
    {
        var epochs = Math.Max(LeastEpochs, (int)Math.Ceiling(Steps / batches));
        return errors.Count >= 2 * epochs && errors.Skip(errors.Count - epochs).Average() > (1 - LeastFall) * errors.Skip(errors.Count - 2 * epochs).Take(epochs).Average();
    }
}
