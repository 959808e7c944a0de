using Microsoft.ML.DeepClustering.Persistence;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Checkpoints;

/// <summary>The tensors of a checkpoint by name: the name of a group, then the name in it.</summary>
internal sealed class CheckpointTensors
{
    /// <summary>The weights of the run under way.</summary>
    public const string Weights = "weights/";

    /// <summary>The weights of the epoch that the run keeps so far.</summary>
    public const string KeptEpoch = "kept-epoch/";

    // The weights of the runs that have ended and may be the best.
    private const string KeptRun = "kept-run";

    /// <summary>The moments of the phase's optimiser.</summary>
    public const string Optimizer = "optimizer/";

    /// <summary>The state of the phase besides.</summary>
    public const string Phase = "phase/";

    /// <summary>The state of the run's generator and the order of the rows in evaluation.</summary>
    public const string Run = "run/";

    /// <summary>In <see cref="Run"/>: the state of the generator.</summary>
    public const string Generator = "generator";

    /// <summary>In <see cref="Run"/>: the order of the rows in evaluation.</summary>
    public const string EvaluationOrder = "evaluation-order";

    private readonly Dictionary<string, Tensor> _all = [];

    /// <summary>The group of the weights of a run that has ended and may be the best.</summary>
    /// <param name="place">In <see cref="CheckpointHeader.AllKept"/>.</param>
    public static string KeptRunAt(int place) => place == 0 ? KeptRun + "/" : FormattableString.Invariant($"{KeptRun}-{place + 1}/");

    /// <summary>All tensors, by group and name.</summary>
    public IReadOnlyDictionary<string, Tensor> All => _all;

    /// <summary>Adds tensors to a group.</summary>
    public void Add(string group, IEnumerable<KeyValuePair<string, Tensor>> tensors)
    {
        foreach (var (name, tensor) in tensors)
            _all.Add(group + name, tensor);
    }

    /// <summary>Adds all parameters and buffers of a module.</summary>
    /// <param name="group">The group.</param>
    /// <param name="module">The module; its state leaves out tensors that have been freed.</param>
    /// <param name="names">Of all of them.</param>
    /// <exception cref="InvalidOperationException">One of them has been freed.</exception>
    public void AddModule(string group, nn.Module module, IReadOnlyList<string> names)
    {
        var state = module.state_dict();
        SafeTensors.ThrowIfFreed([.. names.Where(n => !state.ContainsKey(n))], names.Count);
        Add(group, state);
    }

    /// <summary>Adds a tensor to a group.</summary>
    public void Add(string group, string name, Tensor tensor) => _all.Add(group + name, tensor);
}
