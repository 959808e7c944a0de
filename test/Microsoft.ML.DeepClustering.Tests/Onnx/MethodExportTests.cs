using Microsoft.ML.DeepClustering.Tests.Support;

namespace Microsoft.ML.DeepClustering.Tests.Onnx;

/// <summary>Every method on either network, converted to ONNX, gives what Transform gives.</summary>
[TestClass]
public sealed class MethodExportTests
{
    private readonly MLContext _ml = new(seed: 1);

    public required TestContext TestContext { get; set; }

    [TestMethod]
    [DynamicData(nameof(TestMethods.All), typeof(TestMethods))]
    public void ConvertToOnnx_EveryMethod_GivesWhatTransformGives(string method, bool images)
    {
        var rows = OnnxRows.Make(images ? TestRows.Side * TestRows.Side : 12);
        var data = OnnxRows.View(_ml, rows, images ? [1, TestRows.Side, TestRows.Side] : [12]);
        var options = TestMethods.Options(method, epochs: 1);
        if (options is DeepKMeansOptions soft)
            soft.Alpha = 0.01;
        if (options is CenteringOptions centering)
            centering.Alpha = 0.5;
        using var model = TestMethods.Trainer(_ml, options).Fit(data);
        var expected = OnnxOutputs.Read(model.Transform(data));
        // VaDE's are 0 and 1 on data of such clear kinds; its scores, whose softmax they are, tell enough.
        Assert.IsTrue(options is VadeOptions || expected.Probabilities.Any(p => p.Max() < 0.99f), "Probabilities of 0 and 1 would tell too little.");
        // Its narrow Gaussians divide the rounding of an embedding by a small variance.
        var tolerance = options is VadeOptions ? 1e-4 : 1e-5;
        using var onnx = new OnnxModel(_ml, model, data);
        foreach (var batchSize in new[] { 1, OnnxRows.Count })
            TestContext.WriteLine(onnx.Run(rows, batchSize).AreClose(expected, $"{method}, {(images ? "images" : "vectors")}, batch of {batchSize}", tolerance));
        TestContext.WriteLine(onnx.Transform(_ml, data).AreClose(expected, "OnnxTransformer", tolerance));
        CollectionAssert.AreEqual(onnx.Bytes, OnnxModel.Convert(_ml, OnnxModel.Reload(_ml, model, data), data), "The loaded model converts to another graph.");
    }
}
