namespace Microsoft.ML.DeepClustering.Tests.Persistence;

/// <summary>A model file that ends at any of its bytes is refused in a sentence, and never loaded in part.</summary>
[TestClass]
public sealed class TruncationTests
{
    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    [DataRow(TinyModel.Options)]
    [DataRow(TinyModel.History)]
    public void Read_JsonEntryCutAnywhere_IsRefused(string entry)
    {
        var content = TinyModel.Zeroed.Entries[entry];
        var loading = new Loading();
        for (var length = 0; length < content.Length; length++)
            Assert.AreEqual(LoadingOutcome.Refused, loading.Try(TinyModel.Zeroed, TinyModel.Zeroed.With(entry, content[..length]), $"{entry} of {length} bytes"));
        TestContext.WriteLine($"{entry}, {content.Length} truncations: {loading}");
    }

    [TestMethod]
    [TestCategory("Slow")]
    public void Read_WeightsCutAnywhere_AreRefused()
    {
        var model = TinyModel.Trained;
        var content = model.Entries[TinyModel.Weights];
        var loading = new Loading();
        Parallel.For(0, content.Length, length =>
            Assert.AreEqual(LoadingOutcome.Refused, loading.Try(model, model.With(TinyModel.Weights, content[..length]), $"weights of {length} bytes")));
        TestContext.WriteLine($"{TinyModel.Weights}, {content.Length} truncations: {loading}");
    }

    [TestMethod]
    public void Load_ZipOfZerosCutAnywhere_IsRefused() => CutZip(TinyModel.Zeroed, _ => true);

    [TestMethod]
    [TestCategory("Slow")]
    public void Load_ZipCutAtManyPlaces_IsRefused()
    {
        var end = TinyModel.Trained.Zip.Length;
        CutZip(TinyModel.Trained, length => length < 4000 || length > end - 4000 || length % 11 == 0);
    }

    [TestMethod]
    public void Load_HeaderOfAnEntryCutAnywhere_IsRefused()
    {
        var loading = new Loading();
        foreach (var entry in TinyModel.FrameworkEntries)
        {
            var content = TinyModel.Zeroed.ZipEntry(entry);
            for (var length = 0; length < content.Length; length++)
                Assert.AreEqual(LoadingOutcome.Refused, loading.TryZip(TinyModel.Zeroed, TinyModel.Zeroed.ZipWith(entry, content[..length]), $"{entry} of {length} bytes"));
        }

        TestContext.WriteLine($"Entries of ML.NET: {loading}");
    }

    private void CutZip(TinyModel model, Func<int, bool> isTried)
    {
        var loading = new Loading();
        Parallel.ForEach(Enumerable.Range(0, model.Zip.Length).Where(isTried), length =>
            Assert.AreEqual(LoadingOutcome.Refused, loading.TryZip(model, model.Zip[..length], $"zip of {length} bytes")));
        TestContext.WriteLine($"Zip of {model.Zip.Length} bytes, truncations: {loading}");
    }
}
