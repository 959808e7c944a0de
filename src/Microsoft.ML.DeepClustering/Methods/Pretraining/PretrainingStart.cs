using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.ML.DeepClustering.Training;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Methods.Pretraining;

/// <summary>
/// What pretraining begins from and what it does: the initial weights, the state of the generator, the network, the kind of loss and the options that pretraining reads.
/// </summary>
internal static class PretrainingStart
{
    private const long ProbedRows = 2;

    /// <summary>As hexadecimal digits: the same for two trainings on the same data that pretrain alike, bit for bit.</summary>
    public static string Compute(AutoencoderFamilyMethod method, AutoencoderFamilyOptions options, TrainingContext context)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var gradientsOff = no_grad();
        using var scope = NewDisposeScope();
        foreach (var (name, tensor) in method.Autoencoder.state_dict().OrderBy(t => t.Key, StringComparer.Ordinal))
        {
            Append(FormattableString.Invariant($"{name} {tensor.dtype} {string.Join(' ', tensor.shape)}"));
            hash.AppendData(tensor.detach().cpu().contiguous().bytes);
        }

        hash.AppendData(context.Generator.get_state().bytes);
        hash.AppendData(LossOfProbe(method, context).cpu().bytes);
        foreach (var setting in Settings(method, options, context))
            Append(Convert.ToString(setting, CultureInfo.InvariantCulture) ?? "");
        return Convert.ToHexString(hash.GetHashAndReset());

        void Append(string text) => hash.AppendData(Encoding.UTF8.GetBytes(text + "\n"));
    }

    // Tells the kinds of loss apart, by values that no data choose: in (0, 1), as the Bernoulli likelihood has them.
    private static Tensor LossOfProbe(AutoencoderFamilyMethod method, TrainingContext context)
    {
        var shape = context.Data.Range(0, 1).shape;
        shape[0] = ProbedRows;
        var values = linspace(0.1, 0.9, shape.Aggregate(1L, (product, side) => product * side), dtype: ScalarType.Float32, device: CPU).reshape(shape).to(context.Data.Device);
        return method.ReconstructionLoss(values, values * values);
    }

    private static IEnumerable<object?> Settings(AutoencoderFamilyMethod method, AutoencoderFamilyOptions options, TrainingContext context)
    {
        var rows = context.Rows;
        IEnumerable<object?> always =
        [
            options.Network, options.NegativeSlope, options.Normalization, options.Precision, options.BatchSizeFor(rows), options.PretrainingEpochsFor(rows), method.PretrainingRate, options.PretrainingOptimizer,
            options.PretrainingCorruption, options.Pretraining,
        ];
        return
        [
            .. always,
            options.Pretraining == PretrainingObjective.Reconstruction ? "" : options.InterpolationWeight,
            // By the rule that ends pretraining early, which measures as many rows at a time.
            options.PretrainingEpochs is null ? options.ScoringBatchSize : "",
            .. options.CleanPretraining || options.Augmentation is null ? [] : Changes(options.Augmentation),
        ];
    }

    private static IEnumerable<object?> Changes(ImageAugmentation images)
        => [images.Shift, images.ShiftUnit, images.Rotation, images.Shear, images.Scale, images.Fill, images.Interpolation];
}
