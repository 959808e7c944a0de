namespace Microsoft.ML.DeepClustering.Orleans.Tests.Support;

/// <summary>What came of a training.</summary>
/// <param name="Losses">Of the runs.</param>
/// <param name="Model">The hash of the kept weights.</param>
internal sealed record Trained(double[] Losses, string Model)
{
    public void AssertSame(Trained other)
    {
        CollectionAssert.AreEqual(Losses, other.Losses);
        Assert.AreEqual(Model, other.Model);
    }
}
