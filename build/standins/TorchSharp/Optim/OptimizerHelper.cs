using TorchSharp.Native;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>An optimiser written over operators on lists of tensors.</summary>
public abstract class OptimizerHelper : optim.Optimizer
{
    protected OptimizerOptions _defaults;

    public OptimizerHelper()
    {
    }

    public override IEnumerable<Parameter> parameters() => _parameter_groups.SelectMany(group => group.Parameters);

    public override void zero_grad()
    {
        using var scope = NewDisposeScope();
        using var guard = no_grad();
        var grads = parameters().Select(parameter => parameter.grad).Where(grad => grad is not null).ToArray();
        if (grads.Length > 0)
            Ops._foreach_zero_.Run(grads);
    }

    public override void add_param_group(ParamGroup param_group)
    {
        if (param_group.Options.LearningRate is null)
            param_group.Options.LearningRate = _defaults.LearningRate;
        param_group.Options.InitialLearningRate = param_group.LearningRate;
        _parameter_groups.Add(param_group);
    }

    /// <summary>The options of the groups and the live state of each parameter, in the order of the parameters.</summary>
    public virtual StateDictionary state_dict()
    {
        using var guard = no_grad();
        var dictionary = new StateDictionary();
        foreach (var group in _parameter_groups)
        {
            dictionary.Options.Add(group.Options);
            dictionary.State.AddRange(group.Parameters.Select(parameter => StateOf(group, parameter)));
        }

        return dictionary;
    }

    private protected virtual OptimizerState StateOf(ParamGroup group, Parameter parameter)
        => throw new NotImplementedException($"The state of {GetType().Name} cannot be read here; those of Adam and SGD can.");

    /// <summary>Runs the body on each group, without recording gradients and leaving no temporary behind.</summary>
    protected Tensor _step<T>(Action<T> body, Func<Tensor> loss_closure = null)
        where T : ParamGroup
    {
        Tensor loss = null;
        if (loss_closure is not null)
        {
            using var recorded = enable_grad();
            loss = loss_closure();
        }

        using var guard = no_grad();
        using var scope = NewDisposeScope();
        foreach (var group in _parameter_groups)
            body((T)group);
        return loss;
    }

    /// <summary>The parameters of a group that have a gradient, and their gradients.</summary>
    private protected static (Parameter Parameter, Tensor Gradient)[] WithGradients(ParamGroup group)
        => group.Parameters
            .Select(parameter => (parameter, parameter.grad))
            .Where(pair => pair.grad is not null)
            .ToArray();
}
