namespace Microsoft.ML.DeepClustering.Torch;

/// <summary>
/// Carries a fault of the calling program's own code, such as its progress handler, through the library's work, where it would be taken for one of
/// the library's own: memory that its code lacks is not the training's, and a training that it makes itself and that fails is not the one that
/// calls it. <see cref="NativeFaults.Translate{T}"/> lets the fault itself out.
/// </summary>
/// <param name="fault">What the caller's code threw.</param>
internal sealed class CallerFault(Exception fault) : Exception(fault.Message, fault)
{
    /// <summary>Runs the calling program's own code.</summary>
    /// <exception cref="CallerFault">It threw.</exception>
    public static void Run(Action work)
    {
        try
        {
            work();
        }
        catch (Exception fault) when (fault is not CallerFault)
        {
            throw new CallerFault(fault);
        }
    }
}
