using Microsoft.ML.DeepClustering.Data;
using Microsoft.ML.DeepClustering.Losses;
using Microsoft.ML.DeepClustering.Onnx;
using Microsoft.ML.DeepClustering.Scoring;
using Microsoft.ML.DeepClustering.Tests.Support;
using Microsoft.ML.DeepClustering.Training;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Tests.Onnx;

/// <summary>The functions from distances to probabilities give in ONNX what they give in torch, also at the ends of their range.</summary>
[TestClass]
public sealed class FunctionExportTests
{
    // Zeros, numbers about the floor of centering, ties, and large numbers.
    private static readonly float[][] Distances =
    [
        [0, 0, 5], [0, 1e-13f, 1e-12f], [1e-12f, 2e-12f, 3e-12f], [2, 1, 1], [0.5f, 0.25f, 0.125f], [30, 30.1f, 200], [1e4f, 2e4f, 1.5e4f], [1e12f, 3e12f, 2e12f],
    ];

    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void StudentAssignment_Distances_AsInTorch() => Check(StudentAssignment.Compute, StudentAssignment.Compute, Distances);

    [TestMethod]
    [DataRow(1.0)]
    [DataRow(1000.0)]
    public void SoftKMeansLoss_Distances_AsInTorch(double alpha) => Check(f => SoftKMeansLoss.Weights(f, alpha), f => SoftKMeansLoss.Weights(f, alpha), Distances);

    [TestMethod]
    [DataRow(0.5)]
    [DataRow(3.0)]
    [DataRow(100.0)]
    public void CenteringLoss_Distances_AsInTorch(double alpha) => Check(f => CenteringLoss.Weights(f, alpha), f => CenteringLoss.Weights(f, alpha), Distances);

    [TestMethod]
    public void SimplexCorners_Assignments_AsInTorch()
        => Check(SimplexCorners.SquaredDistances, SimplexCorners.SquaredDistances, [[1, 0, 0], [0.5f, 0.5f, 0], [1e-7f, 0.9999999f, 0], [0.2f, 0.3f, 0.5f]]);

    private void Check(Func<Tensor, Tensor> torch, Func<OnnxValue, OnnxValue> onnx, float[][] values)
    {
        var shape = new InputShape([values[0].Length]);
        var history = new TrainingHistory([new RunRecord(1, 0, 0, [], null)], 0);
        using var model = new DeepClusteringTransformer(
            _ml, new TrainedModel(new ToyOptions { NumberOfClusters = values[0].Length }, shape, new FunctionMethod(torch, onnx, shape.Size), history, CPU));
        var data = OnnxRows.View(_ml, values, values[0].Length);
        var expected = OnnxOutputs.Read(model.Transform(data));
        using var converted = new OnnxModel(_ml, model, data);
        var actual = converted.Run(values, values.Length);
        actual.AreClose(expected, "the function");
        CollectionAssert.AreEqual(expected.Labels, actual.Labels, "Of equal distances the first counts.");
    }

    /// <summary>Features that are the distances themselves, and a function of them for probabilities.</summary>
    private sealed class FunctionMethod(Func<Tensor, Tensor> torch, Func<OnnxValue, OnnxValue> onnx, long size) : ClusteringMethod("Function"), IOnnxMethod
    {
        public override long EmbeddingSize => size;

        public override ClusterAssignment Assign(Tensor prepared) => new(prepared, prepared, torch(prepared));

        public OnnxAssignment Assign(OnnxValue prepared) => new(prepared, prepared, onnx(prepared));

        public override IEnumerable<TrainingPhase> Phases(TrainingContext context) => [];

        public override void Initialize(Generator generator)
        {
        }
    }
}
