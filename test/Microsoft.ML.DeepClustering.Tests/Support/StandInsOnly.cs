using TorchSharp;

namespace Microsoft.ML.DeepClustering.Tests.Support;

/// <summary>For what the real libraries do in their own way: their own entries of a model file, and how they find libtorch.</summary>
internal static class StandInsOnly
{
    /// <summary>Ends a test as inconclusive on the real libraries.</summary>
    public static void Require()
    {
        if (typeof(torch).Assembly.GetType("TorchSharp.Native.Library") is null)
            Assert.Inconclusive("This holds for the stand-ins; the real libraries answer for themselves here.");
    }
}
