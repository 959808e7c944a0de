using System.Collections;
using System.Reflection;
using System.Text.RegularExpressions;
using TorchSharp;

namespace Microsoft.ML.DeepClustering.Tests.StandIns;

/// <summary>What TorchSharp's stand-in stands on. On the real library there is nothing of it to hold.</summary>
[TestClass]
public sealed class NativePartTests
{
    private const BindingFlags Hidden = BindingFlags.Static | BindingFlags.NonPublic;

    [TestMethod]
    public void Blas_OfTheStandIn_IsOpenBlasOnOpenMPThreads()
    {
        if (typeof(torch).GetProperty("BlasConfiguration", Hidden) is { } blas)
            StringAssert.Matches((string)blas.GetValue(null)!, new Regex("OpenBLAS.*USE_OPENMP"));
    }

    [TestMethod]
    public void Operators_OfTheStandIn_AreAllKnownToLibtorch()
    {
        if (typeof(torch).Assembly.GetType("TorchSharp.Native.Ops") is not { } list)
            return;
        var all = ((IEnumerable)(list.GetMember("All", Hidden)[0] is PropertyInfo property
            ? property.GetValue(null)! : ((FieldInfo)list.GetMember("All", Hidden)[0]).GetValue(null)!)).Cast<object>().ToArray();
        Assert.IsGreaterThan(100, all.Length);
        var resolve = all[0].GetType().GetMethod("Resolve", BindingFlags.Instance | BindingFlags.NonPublic)!;
        foreach (var op in all)
            Assert.AreNotEqual(IntPtr.Zero, (IntPtr)resolve.Invoke(op, null)!);
    }

    [TestMethod]
    public void SetNumThreads_AnyNumber_IsTheOneInUse()
    {
        var before = torch.get_num_threads();
        torch.set_num_threads(before + 1);
        Assert.AreEqual(before + 1, torch.get_num_threads());
        torch.set_num_threads(before);
        Assert.AreEqual(before, torch.get_num_threads());
    }
}
