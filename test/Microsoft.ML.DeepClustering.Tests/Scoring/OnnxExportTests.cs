using Microsoft.ML.DeepClustering.Tests.Support;

namespace Microsoft.ML.DeepClustering.Tests.Scoring;

/// <summary>The export of ML.NET has no form for these models, and must say so rather than leave the network out of the graph.</summary>
[TestClass]
public sealed class OnnxExportTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void ConvertToOnnx_DeepModel_IsRefused(bool inAChain)
    {
        var view = TestRows.View(_ml, TestRows.Make(20, size: 6), images: false);
        IEstimator<ITransformer> trainer = TestMethods.Trainer(_ml, "AutoencoderKMeans");
        if (inAChain)
            trainer = _ml.Transforms.NormalizeMinMax("Features").Append(trainer);
        var model = trainer.Fit(view);
        using var stream = new MemoryStream();
        var error = Assert.ThrowsExactly<InvalidOperationException>(() => _ml.Model.ConvertToOnnx(model, view, stream));
        StringAssert.Contains(error.Message, "can not be fully converted");
        Assert.AreEqual(0, stream.Length);
        (model as IDisposable)?.Dispose();
    }

    [TestMethod]
    public void ConvertToOnnx_StepsBeforeTheModel_AreConverted()
    {
        var view = TestRows.View(_ml, TestRows.Make(20, size: 6), images: false);
        var steps = _ml.Transforms.NormalizeMinMax("Features").Fit(view);
        using var stream = new MemoryStream();
        _ml.Model.ConvertToOnnx(steps, view, stream);
        Assert.IsGreaterThan(0, stream.Length);
    }
}
