using Microsoft.ML.DeepClustering.Training;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Methods.Pretraining;

/// <summary>Ends a phase of reconstruction by <see cref="PlateauRule"/>, for options that leave its number of epochs open.</summary>
internal sealed class PlateauStop
{
    private double? _errorOfMean;

    /// <summary>Whether the error has stopped falling.</summary>
    public bool IsReached { get; private set; }

    /// <summary>Looks at the errors after an epoch, whose own is not in the history yet.</summary>
    /// <param name="phase">The phase.</param>
    /// <param name="context">The run.</param>
    /// <param name="epoch">1 for the first of the phase.</param>
    /// <param name="batchSize">Rows at a time.</param>
    /// <param name="error">(b, ...) rows, (b, ...) reconstructions and the rows' weights, (b) or null -> the mean error of a row.</param>
    public void Update(TrainingPhase phase, TrainingContext context, int epoch, int batchSize, Func<Tensor, Tensor, Tensor?, Tensor> error)
    {
        if (epoch == phase.Epochs)
            return;
        var errors = context.Epochs.Where(e => e.Phase == phase.Name).Select(e => e.Losses["reconstruction"]).ToArray();
        _errorOfMean ??= MeanRow.Error(context.Data, batchSize, error, context.Cancellation);
        IsReached = PlateauRule.IsReached(errors, phase.Batches(context.Rows).Count, _errorOfMean.Value);
        if (IsReached)
            context.Log($"The reconstruction error has stopped falling; pretraining ends with epoch {epoch} of at most {phase.Epochs}.");
    }
}
