namespace Microsoft.ML.DeepClustering.Torch;

/// <summary>
/// Carries a fault of the calling program's own code, such as its progress handler, through the library's work, where it would be taken for one of
/// libtorch: memory that its code lacks is not the training's. <see cref="NativeFaults.Translate{T}"/> lets the fault itself out.
/// </summary>
/// <param name="fault">What the caller's code threw.</param>
internal sealed class CallerFault(Exception fault) : Exception(fault.Message, fault);
