using Microsoft.ML.Data;
using Microsoft.ML.DeepClustering.Data;

namespace Microsoft.ML.DeepClustering.Tests.Data;

[TestClass]
public sealed class FeatureColumnTests
{
    [TestMethod]
    [DataRow(new[] { 384 }, null)]
    [DataRow(new[] { 1, 384 }, null)]
    [DataRow(new[] { 384, 1 }, null)]
    [DataRow(new[] { 1, 1, 384 }, null)]
    [DataRow(new[] { 384, 1, 1 }, null)]
    [DataRow(new[] { 1, 1, 1 }, null)]
    [DataRow(new[] { 28, 20 }, "1 x 28 x 20 (channels, height, width)")]
    [DataRow(new[] { 1, 28, 20 }, "1 x 28 x 20 (channels, height, width)")]
    [DataRow(new[] { 3, 1, 20 }, "3 x 1 x 20 (channels, height, width)")]
    [DataRow(new[] { 28, 20, 3 }, "28 x 20 x 3 (height, width, channels)")]
    public void ShapeOf_Dimensions_AreAnImageWhereMoreThanOneIsAbove1(int[] dimensions, string? expected)
    {
        var shape = FeatureColumn.ShapeOf(Column(dimensions), null);
        Assert.AreEqual(expected, shape.Layout?.ToString());
        Assert.AreEqual(expected is not null, shape.IsImage);
        Assert.AreEqual(dimensions.Aggregate(1, (a, b) => a * b), shape.Size);
    }

    [TestMethod]
    public void ShapeOf_WantedLine_IsAnImage() => Assert.IsTrue(FeatureColumn.ShapeOf(Column(1, 384), new ImageShape(1, 1, 384)).IsImage);

    [TestMethod]
    [DataRow(new[] { 28, 20 }, false, true)]
    [DataRow(new[] { 20, 28 }, false, false)]
    [DataRow(new[] { 560 }, false, true)]
    [DataRow(new[] { 7, 80 }, false, true)]
    [DataRow(new[] { 28, 20, 1 }, true, true)]
    [DataRow(new[] { 1, 28, 20 }, true, true)]
    public void CheckOrder_GreyImage_WantsItsDimensionsInTheirOrder(int[] dimensions, bool interleaved, bool fits) => Check(dimensions, new(1, 28, 20, interleaved), fits);

    [TestMethod]
    [DataRow(new[] { 3, 28, 20 }, false, true)]
    [DataRow(new[] { 28, 20, 3 }, false, false)]
    [DataRow(new[] { 28, 20, 3 }, true, true)]
    [DataRow(new[] { 3, 28, 20 }, true, false)]
    public void CheckOrder_Colours_WantsItsDimensionsInTheirOrder(int[] dimensions, bool interleaved, bool fits) => Check(dimensions, new(3, 28, 20, interleaved), fits);

    private static void Check(int[] dimensions, ImageShape image, bool fits)
    {
        if (fits)
        {
            FeatureColumn.CheckOrder(Column(dimensions), image);
            return;
        }

        var error = Assert.ThrowsExactly<ArgumentException>(() => FeatureColumn.CheckOrder(Column(dimensions), image));
        StringAssert.Contains(error.Message, $"has the dimensions {string.Join(" x ", dimensions)}, but images are read as {image}");
    }

    private static DataViewSchema.Column Column(params int[] dimensions)
    {
        var schema = new DataViewSchema.Builder();
        schema.AddColumn("Features", new VectorDataViewType(NumberDataViewType.Single, dimensions));
        return schema.ToSchema()["Features"];
    }
}
