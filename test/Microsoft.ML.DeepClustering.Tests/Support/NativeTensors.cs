using TorchSharp;

namespace Microsoft.ML.DeepClustering.Tests.Support;

/// <summary>
/// Counts the tensors of this thread that hold native memory: those made less those disposed. A tensor that is left to the finalizer, whose
/// thread is another, stays in the count for ever. TorchSharp's own <c>Tensor.TotalCount</c> cannot serve: a Parameter takes over the
/// native tensor that it is made of, and the one that it was made of stays in that count although it is empty.
/// </summary>
internal static class NativeTensors
{
    /// <summary>The count of the calling thread; only differences mean something.</summary>
    public static long Live => DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount;
}
