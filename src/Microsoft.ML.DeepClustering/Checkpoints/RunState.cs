using Microsoft.ML.DeepClustering.Torch;
using Microsoft.ML.DeepClustering.Training;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Checkpoints;

/// <summary>All that a run needs to go on after an epoch, as a checkpoint has it.</summary>
internal static class RunState
{
    /// <summary>How far the run has come, and its tensors; they may belong to the dispose scope of the call.</summary>
    /// <exception cref="InvalidOperationException">A tensor of the method has been freed.</exception>
    public static (RunProgress Progress, CheckpointTensors Tensors) Capture(Run run)
    {
        var (phase, progress) = (run.Phase!, run.Progress!);
        var tensors = new CheckpointTensors();
        tensors.AddModule(CheckpointTensors.Weights, run.Method, run.TensorNames);
        tensors.Add(CheckpointTensors.KeptEpoch, run.Best.Weights);
        tensors.Add(CheckpointTensors.Optimizer, phase.OptimizerState());
        tensors.Add(CheckpointTensors.Phase, phase.State());
        tensors.Add(CheckpointTensors.Run, CheckpointTensors.Generator, run.Context.Generator.get_state());
        tensors.Add(CheckpointTensors.Run, CheckpointTensors.EvaluationOrder, progress.EvaluationOrder);
        return (new(run.PhaseIndex, progress.Epoch, progress.HasEnded, run.Best.Kept, run.Context.Epochs), tensors);
    }

    /// <summary>Gives a run the history and the weights that it had.</summary>
    /// <exception cref="InvalidDataException">The checkpoint has other tensors than the method.</exception>
    public static void RestoreRun(Checkpoint checkpoint, RunProgress progress, Run run)
    {
        // The weights of the kept epoch come first: the run copies them from the method.
        if (progress.Kept.Epoch > 0)
            checkpoint.CopyTo(CheckpointTensors.KeptEpoch, run.Method.state_dict());
        run.Resume(progress.Epochs, progress.Kept);
        checkpoint.CopyTo(CheckpointTensors.Weights, run.Method.state_dict());
    }

    /// <summary>Gives the run's phase the state that it had, and the generator its own.</summary>
    /// <exception cref="InvalidDataException">The checkpoint lacks a tensor, or has one of another shape.</exception>
    public static PhaseProgress RestorePhase(Checkpoint checkpoint, RunProgress progress, Run run)
    {
        using var gradientsOff = no_grad();
        using var scope = NewDisposeScope();
        var (phase, context) = (run.Phase!, run.Context);
        phase.RestoreOptimizer(moments => checkpoint.CopyTo(CheckpointTensors.Optimizer, moments));
        var tensors = checkpoint.Make(CheckpointTensors.Run);
        try
        {
            if (progress.Epoch > phase.Epochs)
                throw new InvalidDataException($"It has {progress.Epoch} epochs of {phase.Name}, which has at most {phase.Epochs}.");
            phase.Resume(checkpoint.Make(CheckpointTensors.Phase), context);
            var state = tensors[CheckpointTensors.Generator];
            if (!GeneratorState.IsOf(context.Generator, state))
                throw new InvalidDataException($"Its tensor {CheckpointTensors.Run}{CheckpointTensors.Generator} is no state of a generator.");
            context.Generator.set_state(state);
            var order = tensors[CheckpointTensors.EvaluationOrder];
            if (!IsOrder(order, context.Rows))
                throw new InvalidDataException($"Its tensor {CheckpointTensors.Run}{CheckpointTensors.EvaluationOrder} is no order of {context.Rows} rows.");
            return new(order.to(context.Data.Device).MoveToOuterDisposeScope(), progress.Epoch, progress.HasEnded);
        }
        catch (Exception e) when (e is KeyNotFoundException or InvalidDataException)
        {
            throw Checkpoint.Unusable(checkpoint.Path, e);
        }
    }

    // Each of the numbers from 0 once.
    private static bool IsOrder(Tensor order, long rows)
        => order.dtype == ScalarType.Int64 && order.shape.SequenceEqual([rows]) && order.sort().Values.eq(Arithmetic.Numbers(rows, order.device)).all().item<bool>();
}
