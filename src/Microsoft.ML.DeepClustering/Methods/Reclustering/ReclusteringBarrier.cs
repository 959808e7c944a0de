using Microsoft.ML.DeepClustering.Optimizers;
using Microsoft.ML.DeepClustering.Training;

namespace Microsoft.ML.DeepClustering.Methods.Reclustering;

/// <summary>The break of BRB, between two epochs.</summary>
internal static class ReclusteringBarrier
{
    /// <summary>Resets the encoder, places the centroids anew and forgets their moments, as the options say.</summary>
    /// <param name="method">What is trained.</param>
    /// <param name="brb">What a break does.</param>
    /// <param name="optimizer">Of the phase.</param>
    /// <param name="context">The run.</param>
    /// <param name="epoch">Before which the break comes.</param>
    public static void Break(AutoencoderFamilyMethod method, BrbOptions brb, ParameterOptimizer optimizer, TrainingContext context, int epoch)
    {
        var resetsMomentum = brb.ResetsMomentum && optimizer.Parameters.Any(p => ReferenceEquals(p, method.Centroids));
        context.Log($"Break before epoch {epoch}: {Describe(brb, resetsMomentum)}.");
        if (brb.ResetsEncoder)
            SoftReset.Apply(method.Autoencoder.HiddenLayers, brb.Alpha, context.Generator);
        if (brb.Reclusters)
            method.InitializeCentroids(context, brb.ReclusteringRows);
        if (resetsMomentum)
            optimizer.ResetMoments(method.Centroids);
    }

    /// <summary>Says so where no break will come.</summary>
    /// <param name="brb">What a break does; null for none.</param>
    /// <param name="epochs">Of the phase.</param>
    /// <param name="context">The run.</param>
    public static void Begin(BrbOptions? brb, int epochs, TrainingContext context)
    {
        if (brb is not null && !brb.IsAhead(1, epochs))
            context.Log($"Brb.Interval is {brb.Interval} and the clustering has {epochs} epochs, so that no break comes; lower it, or raise NumberOfEpochs.");
    }

    private static string Describe(BrbOptions brb, bool resetsMomentum)
    {
        string[] parts =
        [
            .. brb.ResetsEncoder ? ["the encoder is reset"] : Array.Empty<string>(),
            .. brb.Reclusters ? ["k-means places the centroids anew"] : Array.Empty<string>(),
            .. resetsMomentum ? ["the moments of the centroids are zeroed"] : Array.Empty<string>(),
        ];
        return parts.Length > 0 ? string.Join(", ", parts) : "nothing is left to do by its options";
    }
}
