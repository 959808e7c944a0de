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
    public static void Break(AutoencoderFamilyMethod method, BrbOptions brb, ParameterOptimizer optimizer, TrainingContext context)
    {
        if (brb.ResetsEncoder)
            SoftReset.Apply(method.Autoencoder.HiddenLayers, brb.Alpha, context.Generator);
        if (brb.Reclusters)
            method.InitializeCentroids(context, brb.ReclusteringRows);
        if (brb.ResetsMomentum)
            optimizer.ResetMoments(method.Centroids);
    }
}
