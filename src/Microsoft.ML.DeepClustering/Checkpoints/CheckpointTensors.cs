#nullable disable
using Microsoft.ML.DeepClustering.Torch;
using Microsoft.ML.DeepClustering.Training;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Checkpoints;

/// <summary>The tensors of a checkpoint by name: the name of a group, then the name in it.</summary>
internal sealed class CheckpointTensors
{
    /// <summary>The weights of the run under way.</summary>
    public const string Weights = "weights/";

    /// <summary>Those of its epoch that is kept so far.</summary>
    public const string KeptEpoch = "kept-epoch/";

    /// <summary>Those of the best run that has ended.</summary>
    public const string KeptRun = "kept-run/";

    /// <summary>The moments of the phase's optimiser.</summary>
    public const string Optimizer = "optimizer/";

    /// <summary>What the phase remembers besides.</summary>
    public const string Phase = "phase/";

    /// <summary>The state of the run's generator and the order of the rows in evaluation.</summary>
    public const string Run = "run/";

    /// <summary>In <see cref="Run"/>.</summary>
    public const string Generator = "generator";

    /// <summary>In <see cref="Run"/>.</summary>
    public const string EvaluationOrder = "evaluation-order";

    private readonly Dictionary<string, Tensor> _all = [];

    public IReadOnlyDictionary<string, Tensor> All => _all;

    public void Add(string group, IEnumerable<KeyValuePair<string, Tensor>> tensors)
    {
        foreach (var (name, tensor) in tensors)
            _all.Add(group + name, tensor);
    }

    public void Add(string group, string name, Tensor tensor) => _all.Add(group + name, tensor);
}
