using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.ML.DeepClustering.Training;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Methods.Pretraining;

/// <summary>
/// What pretraining begins from and what it does: the initial weights, the state of the generator, the error of the first rows, which tells losses and
/// networks of the same weights apart, and the options that pretraining reads.
/// </summary>
internal static class PretrainingStart
{
    private const long RowsOfError = 256;

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
        hash.AppendData(ErrorOfFirstRows(method, context).cpu().bytes);
        foreach (var setting in Settings(method, options, context.Rows))
            Append(Convert.ToString(setting, CultureInfo.InvariantCulture) ?? "");
        return Convert.ToHexString(hash.GetHashAndReset());

        void Append(string text) => hash.AppendData(Encoding.UTF8.GetBytes(text + "\n"));
    }

    private static Tensor ErrorOfFirstRows(AutoencoderFamilyMethod method, TrainingContext context)
    {
        var count = Math.Min(RowsOfError, context.Rows);
        var rows = context.Data.Range(0, count);
        var weights = context.Data.Weights?.narrow(0, 0, count);
        var wasTraining = method.training;
        method.eval();
        var error = method.ReconstructionLoss(rows, method.Autoencoder.Decode(method.Embed(rows)), weights);
        method.train(wasTraining);
        return error;
    }

    private static IEnumerable<object?> Settings(AutoencoderFamilyMethod method, AutoencoderFamilyOptions options, long rows) =>
    [
        options.BatchSizeFor(rows), options.PretrainingEpochs, options.PretrainingEpochsFor(rows), method.PretrainingRate, options.Pretraining, options.InterpolationWeight,
        options.PretrainingOptimizer, options.PretrainingCorruption, options.LayerwiseEpochs, options.Augmentation, options.CleanPretraining,
        options.Precision, options.ScoringBatchSize,
    ];
}
