namespace TorchSharp.Modules;

/// <summary>A tensor that a module learns.</summary>
public class Parameter : torch.Tensor
{
    /// <param name="data">The tensor to take over; it becomes empty.</param>
    /// <param name="requires_grad">Whether gradients are recorded.</param>
    public Parameter(torch.Tensor data, bool requires_grad = true)
        : base(data.with_requires_grad(requires_grad).Decouple(out var scope))
        => scope?.Attach(this);
}
