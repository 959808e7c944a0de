using Microsoft.ML.Data;

namespace Microsoft.ML.DeepClustering.Tests.StandIns;

[TestClass]
public sealed class TextLoaderTests
{
    private readonly MLContext _ml = new(seed: 1);
    private readonly string _path = Path.GetTempFileName();

    [TestCleanup]
    public void Cleanup() => File.Delete(_path);

    [TestMethod]
    public void LoadFromTextFile_AttributesOfAClass_AreColumns()
    {
        Write("Name,A,B,C,Count,Flag", "one,1.5,-2,3e2,7,true", "two,0,0.25,1,-8,0");

        var data = _ml.Data.LoadFromTextFile<Row>(_path, separatorChar: ',', hasHeader: true);

        var rows = _ml.Data.CreateEnumerable<Row>(data, reuseRowObject: false).ToArray();
        Assert.AreEqual(new VectorDataViewType(NumberDataViewType.Single, 3), data.Schema["Features"].Type);
        Assert.HasCount(2, rows);
        Assert.AreEqual("one", rows[0].Name);
        CollectionAssert.AreEqual(new[] { 1.5f, -2f, 300f }, rows[0].Features);
        Assert.AreEqual(-8, rows[1].Count);
        Assert.IsTrue(rows[0].Flag);
        Assert.IsFalse(rows[1].Flag);
    }

    [TestMethod]
    public void LoadFromTextFile_Columns_TypesAndRanges()
    {
        Write("3\t1\t2\t9", "4\t5\t6\t8");

        var data = _ml.Data.LoadFromTextFile(_path,
        [
            new TextLoader.Column("Label", DataKind.Single, 0),
            new TextLoader.Column("Pixels", DataKind.Double, 1, 2),
            new TextLoader.Column("Picked", DataKind.Single, [new TextLoader.Range(3), new TextLoader.Range(0)]),
            new TextLoader.Column("Last", DataKind.UInt32, 3),
        ]);

        CollectionAssert.AreEqual(new[] { 3f, 4f }, data.GetColumn<float>("Label").ToArray());
        CollectionAssert.AreEqual(new[] { 5.0, 6.0 }, data.GetColumn<double[]>("Pixels").Last());
        CollectionAssert.AreEqual(new[] { 9f, 3f }, data.GetColumn<float[]>("Picked").First());
        CollectionAssert.AreEqual(new[] { 9u, 8u }, data.GetColumn<uint>("Last").ToArray());
    }

    [TestMethod]
    public void LoadFromTextFile_RangeWithoutEnd_ReachesToTheLastField()
    {
        Write("3\t1\t2\t9", "4\t5\t6\t8");

        var data = _ml.Data.LoadFromTextFile(_path, new TextLoader.Options
        {
            Columns = [new TextLoader.Column("Features", DataKind.Single, [new TextLoader.Range(1, null)])],
        });

        CollectionAssert.AreEqual(new[] { 5f, 6f, 8f }, data.GetColumn<float[]>("Features").Last());
    }

    [TestMethod]
    public void LoadFromTextFile_QuotedFields_KeepSeparatorsAndQuotes()
    {
        Write("1,\"a, b\",2", "3,\"say \"\"hi\"\"\",4");

        var data = _ml.Data.LoadFromTextFile(_path,
            [new TextLoader.Column("Text", DataKind.String, 1), new TextLoader.Column("After", DataKind.Single, 2)], ',', allowQuoting: true);

        CollectionAssert.AreEqual(new[] { "a, b", "say \"hi\"" }, data.GetColumn<string>("Text").ToArray());
        CollectionAssert.AreEqual(new[] { 2f, 4f }, data.GetColumn<float>("After").ToArray());
    }

    [TestMethod]
    public void LoadFromTextFile_MissingValues_AreZeroOrNaN()
    {
        Write("1,,x", "?,2,", "3");
        TextLoader.Column[] columns = [new("A", DataKind.Single, 0), new("B", DataKind.Single, 1), new("C", DataKind.String, 2)];

        var zeros = _ml.Data.LoadFromTextFile(_path, columns, ',');
        var missing = _ml.Data.LoadFromTextFile(_path, new TextLoader.Options { Columns = columns, Separators = [','], MissingRealsAsNaNs = true });

        CollectionAssert.AreEqual(new[] { 1, float.NaN, 3 }, zeros.GetColumn<float>("A").ToArray());
        CollectionAssert.AreEqual(new[] { 0f, 2f, 0f }, zeros.GetColumn<float>("B").ToArray());
        CollectionAssert.AreEqual(new[] { "x", "", "" }, zeros.GetColumn<string>("C").ToArray());
        Assert.AreEqual(float.NaN, missing.GetColumn<float>("B").First());
    }

    [TestMethod]
    public void LoadFromTextFile_SparseLine_CountAndPairs()
    {
        Write("9\t5\t2:6\t4:3");

        var data = _ml.Data.LoadFromTextFile(_path,
            [new TextLoader.Column("Label", DataKind.Single, 0), new TextLoader.Column("Features", DataKind.Single, 1, 5)], allowSparse: true);

        Assert.AreEqual(9f, data.GetColumn<float>("Label").Single());
        CollectionAssert.AreEqual(new[] { 0f, 0, 6, 0, 3 }, data.GetColumn<float[]>("Features").Single());
    }

    [TestMethod]
    public void LoadFromTextFile_FileChanges_NextReadSeesIt()
    {
        Write("1");
        var data = _ml.Data.LoadFromTextFile(_path, [new TextLoader.Column("A", DataKind.Single, 0)]);
        Assert.HasCount(1, data.GetColumn<float>("A").ToArray());

        Write("1", "2");

        Assert.HasCount(2, data.GetColumn<float>("A").ToArray());
    }

    [TestMethod]
    public void LoadFromTextFile_MaxRows_StopsThere()
    {
        Write("1", "2", "3");

        var data = _ml.Data.LoadFromTextFile(_path,
            new TextLoader.Options { Columns = [new TextLoader.Column("A", DataKind.Single, 0)], MaxRows = 2 });

        CollectionAssert.AreEqual(new[] { 1f, 2f }, data.GetColumn<float>("A").ToArray());
    }

    [TestMethod]
    public void LoadFromTextFile_NoSuchFile_SaysWhich()
    {
        var failure = Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Data.LoadFromTextFile<Row>(_path + ".none"));

        StringAssert.Contains(failure.Message, _path + ".none");
    }

    [TestMethod]
    public void LoadFromTextFile_TextWhereANumberIsDue_Throws()
    {
        Write("word");
        var data = _ml.Data.LoadFromTextFile(_path, [new TextLoader.Column("A", DataKind.Int32, 0)]);

        Assert.Throws<Exception>(() => data.GetColumn<int>("A").ToArray());
    }

    private void Write(params string[] lines) => File.WriteAllLines(_path, lines);

    private sealed class Row
    {
        [LoadColumn(0)]
        public string Name { get; set; } = "";

        [LoadColumn(1, 3)]
        [VectorType(3)]
        public float[] Features { get; set; } = [];

        [LoadColumn(4)]
        public int Count { get; set; }

        [LoadColumn(5)]
        public bool Flag { get; set; }
    }
}
