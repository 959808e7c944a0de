using Microsoft.ML.DeepClustering.Reporting;
using Microsoft.ML.DeepClustering.Tests.Support;
using static TorchSharp.torch;

namespace Samples.Tests.Reporting;

[TestClass]
public sealed class PrincipalComponentsTests
{
    // Made from the formula of Rows() by numpy.linalg.svd of the centred rows, each direction turned so that its largest loading is positive;
    // no seed. The version of NumPy is not recorded.
    private static readonly double[] Expected =
    [
        0.9118572321, -0.1007949666, -0.6920529501, -0.4463701424, -0.2295022649, 0.8535910295,
        0.9820230743, -0.1383676181, -0.6692524186, -0.1743576359, -0.3030726728, 0.0062993335,
    ];

    [TestMethod]
    public void Project_FewerRowsThanValues_KeepsTheirDistances()
    {
        // Four components hold all of five rows.
        using var scope = NewDisposeScope();
        var rows = TestTensors.Noise(5, 40);
        var projected = PrincipalComponents.Project(rows, components: 4);
        TestTensors.AreClose(TestTensors.Values(cdist(rows, rows)), cdist(projected, projected), 1e-9);
        var shares = PrincipalComponents.VarianceShares(rows, projected);
        Assert.AreEqual(1, shares.Sum(), 1e-9);
        CollectionAssert.AreEqual(shares.OrderDescending().ToArray(), shares);
    }

    [TestMethod]
    [DataRow(2)]
    [DataRow(5)]
    public void Project_FewRowsOnALine_HaveNoSecondComponent(int count)
    {
        using var scope = NewDisposeScope();
        var rows = tensor(Enumerable.Range(0, count).Select(i => (double)i).ToArray()).unsqueeze(1) * TestTensors.Noise(1, 10).Plus(0.1);
        var projected = PrincipalComponents.Project(rows);
        TestTensors.AreClose(new double[count], projected[TensorIndex.Colon, 1], 0);
        Assert.AreEqual(1, PrincipalComponents.VarianceShares(rows, projected)[0], 1e-12);
    }

    [TestMethod]
    public void Project_SmallMatrix_EqualsNumpy()
    {
        using var scope = NewDisposeScope();
        var rows = Rows();
        var projected = PrincipalComponents.Project(rows);
        TestTensors.AreClose(Expected, projected, 1e-9);
        var shares = PrincipalComponents.VarianceShares(rows, projected);
        Assert.AreEqual(0.66804427, shares[0], 1e-8);
        Assert.AreEqual(0.23010734, shares[1], 1e-8);
    }

    [TestMethod]
    public void Project_MirroredDirections_GivesTheMirroredPicture()
    {
        // With -x the loadings stay and the coordinates turn over; the sign does not hang on the solver.
        using var scope = NewDisposeScope();
        TestTensors.AreClose(Array.ConvertAll(Expected, v => -v), PrincipalComponents.Project(-Rows()), 1e-9);
    }

    [TestMethod]
    public void Project_AllComponents_KeepsDistances()
    {
        using var scope = NewDisposeScope();
        var rows = Rows();
        var projected = PrincipalComponents.Project(rows, 4);
        TestTensors.AreClose(TestTensors.Values(cdist(rows, rows)), cdist(projected, projected), 1e-7);
    }

    [TestMethod]
    public void Project_OneColumn_LeavesTheSecondAtZero()
    {
        using var scope = NewDisposeScope();
        TestTensors.AreClose([-2, 0, 0, 0, 2, 0], PrincipalComponents.Project(tensor(new[] { 1f, 3f, 5f }, 3, 1)), 1e-12);
    }

    [TestMethod]
    public void Project_RowsAllTheSame_StandAtTheOriginWithoutVariance()
    {
        using var scope = NewDisposeScope();
        var rows = ones(4, 3);
        var projected = PrincipalComponents.Project(rows);
        TestTensors.AreClose(new double[8], projected, 1e-12);
        CollectionAssert.AreEqual(new double[2], PrincipalComponents.VarianceShares(rows, projected));
    }

    [TestMethod]
    public void Project_NoRows_IsEmpty()
    {
        using var scope = NewDisposeScope();
        CollectionAssert.AreEqual(new long[] { 0, 2 }, PrincipalComponents.Project(zeros(0, 3)).shape);
    }

    private static Tensor Rows()
        => (TestTensors.Noise(6, 4) * tensor(new[] { 3, 1, 2, 0.5 })).Plus(tensor(new[] { 10.0, -4, 0, 1 }));
}
