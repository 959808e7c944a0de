using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Torch;

/// <summary>A copy of all parameters and buffers of a module.</summary>
internal sealed class ModuleState : IDisposable
{
    private readonly Dictionary<string, Tensor> _copies = [];

    /// <summary>The copies, by name.</summary>
    public IReadOnlyDictionary<string, Tensor> Tensors => _copies;

    /// <summary>Takes all parameters and buffers of the module out of dispose scopes: they live until the module is disposed of.</summary>
    public static void Detach(nn.Module module)
    {
        foreach (var tensor in module.state_dict().Values)
            tensor.DetachFromDisposeScope();
    }

    /// <summary>Whether all values of the module are finite numbers.</summary>
    public static bool IsFinite(nn.Module module)
    {
        using var gradientsOff = no_grad();
        using var scope = NewDisposeScope();
        return module.state_dict().Values.All(t => t.isfinite().all().item<bool>());
    }

    /// <summary>Takes the module's present values; the memory is reused at later calls.</summary>
    public void Capture(nn.Module module)
    {
        using var gradientsOff = no_grad();
        using var scope = NewDisposeScope();
        foreach (var (name, tensor) in module.state_dict())
        {
            if (_copies.TryGetValue(name, out var copy))
                copy.copy_(tensor);
            else
                _copies[name] = tensor.detach().clone().DetachFromDisposeScope();
        }
    }

    /// <summary>Gives the captured values back to the module.</summary>
    public void Restore(nn.Module module)
    {
        using var gradientsOff = no_grad();
        foreach (var (name, tensor) in module.state_dict())
            tensor.copy_(_copies[name]);
    }

    public void Dispose()
    {
        foreach (var copy in _copies.Values)
            copy.Dispose();
        _copies.Clear();
    }
}
