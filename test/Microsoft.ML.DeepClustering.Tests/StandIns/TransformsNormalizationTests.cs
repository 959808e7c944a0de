using System.Collections.Immutable;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace Microsoft.ML.DeepClustering.Tests.StandIns;

[TestClass]
public sealed class TransformsNormalizationTests
{
    private readonly MLContext _ml = new(seed: 1);

    private static readonly Row[] Rows =
    [
        new() { X = [-4, 10, 0, 1], Y = 2, Z = 1 },
        new() { X = [2, 20, 0, 1], Y = 8, Z = 5 },
    ];

    [TestMethod]
    public void NormalizeMinMax_FixZero_DividesByLargestMagnitude()
    {
        var data = _ml.Data.LoadFromEnumerable(Rows);

        var scaled = _ml.Transforms.NormalizeMinMax("X").Append(_ml.Transforms.NormalizeMinMax("Scaled", "Y")).Fit(data).Transform(data);

        var rows = scaled.GetColumn<float[]>("X").ToArray();
        CollectionAssert.AreEqual(new[] { -1, 0.5f, 0, 1 }, rows[0]);
        CollectionAssert.AreEqual(new[] { 0.5f, 1, 0, 1 }, rows[1]);
        CollectionAssert.AreEqual(new[] { 0.25f, 1 }, scaled.GetColumn<float>("Scaled").ToArray());
    }

    [TestMethod]
    public void NormalizeMinMax_NotFixZero_MapsTheRangeToZeroAndOne()
    {
        var data = _ml.Data.LoadFromEnumerable(Rows);

        var model = _ml.Transforms.NormalizeMinMax("X", fixZero: false).Fit(data);

        var rows = model.Transform(data).GetColumn<float[]>("X").ToArray();
        CollectionAssert.AreEqual(new[] { 0f, 0 }, rows[0][..2]);
        CollectionAssert.AreEqual(new[] { 1f, 1 }, rows[1][..2]);
        var learnt = (NormalizingTransformer.AffineNormalizerModelParameters<ImmutableArray<float>>)model.GetNormalizerModelParameters(0);
        Assert.AreEqual(1 / 6f, learnt.Scale[0], 1e-6f);
        Assert.AreEqual(-4f, learnt.Offset[0], 1e-6f);
    }

    [TestMethod]
    public void NormalizeMinMax_MaximumExampleCount_LaterRowsAreNotSeen()
    {
        Row[] rows = [.. Rows, new() { X = [100, 100, 100, 100], Y = 100 }];
        var data = _ml.Data.LoadFromEnumerable(rows);

        var scaled = _ml.Transforms.NormalizeMinMax("X", maximumExampleCount: 2).Fit(data).Transform(data);

        Assert.AreEqual(25f, scaled.GetColumn<float[]>("X").Last()[0], 1e-5f);
    }

    [TestMethod]
    public void NormalizeMinMax_Column_KeepsItsTypeAndIsMarked()
    {
        var data = _ml.Data.LoadFromEnumerable(Rows);

        var column = _ml.Transforms.NormalizeMinMax("X").Fit(data).Transform(data).Schema["X"];

        CollectionAssert.AreEqual(new[] { 1, 2, 2 }, ((VectorDataViewType)column.Type).Dimensions.ToArray());
        Assert.IsTrue(column.IsNormalized());
        Assert.IsFalse(data.Schema["X"].IsNormalized());
    }

    [TestMethod]
    public void NormalizeMinMax_DoubleColumn_StaysDouble()
    {
        var data = _ml.Data.LoadFromEnumerable(Rows);

        var scaled = _ml.Transforms.NormalizeMinMax("Z").Fit(data).Transform(data);

        CollectionAssert.AreEqual(new[] { 0.2, 1 }, scaled.GetColumn<double>("Z").ToArray());
    }

    [TestMethod]
    public void NormalizeMinMax_SaveAndLoad_SameValues()
    {
        var data = _ml.Data.LoadFromEnumerable(Rows);
        var model = _ml.Transforms.NormalizeMinMax([new("X"), new("Y"), new("Z")], fixZero: false).Fit(data);
        using var stream = new MemoryStream();

        _ml.Model.Save(model, data.Schema, stream);
        stream.Position = 0;
        var loaded = new MLContext().Model.Load(stream, out _).Transform(data);

        CollectionAssert.AreEqual(model.Transform(data).GetColumn<float[]>("X").First(), loaded.GetColumn<float[]>("X").First());
        CollectionAssert.AreEqual(new[] { 0.0, 1 }, loaded.GetColumn<double>("Z").ToArray());
    }

    [TestMethod]
    public void NormalizeMeanVariance_NotFixZero_MeanZeroAndDeviationOne()
    {
        var data = _ml.Data.LoadFromEnumerable(Rows);

        var scaled = _ml.Transforms.NormalizeMeanVariance("Y", fixZero: false).Fit(data).Transform(data).GetColumn<float>("Y").ToArray();

        Assert.AreEqual(-1f, scaled[0], 1e-5f);
        Assert.AreEqual(1f, scaled[1], 1e-5f);
    }

    [TestMethod]
    public void NormalizeMinMax_WrongColumn_Throws()
    {
        var data = _ml.Data.LoadFromEnumerable(Rows);

        Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Transforms.NormalizeMinMax("None").Fit(data));
        Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Transforms.NormalizeMinMax("Text").Fit(data));
    }

    private sealed class Row
    {
        [VectorType(1, 2, 2)]
        public float[] X { get; set; } = [];

        public float Y { get; set; }

        public double Z { get; set; }

        public string Text { get; set; } = "";
    }
}
