using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace Microsoft.ML.DeepClustering.Tests.StandIns;

[TestClass]
public sealed class TransformsColumnTests
{
    private readonly MLContext _ml = new(seed: 1);

    private static readonly Row[] Rows =
    [
        new() { A = 1, V = [2, 3], Name = "pear", Number = 7 },
        new() { A = 4, V = [5, 6], Name = "apple", Number = float.NaN },
        new() { A = 7, V = [8, 9], Name = "pear", Number = 3 },
        new() { A = 0, V = [0, 0], Name = "", Number = 7 },
    ];

    [TestMethod]
    public void Concatenate_ScalarsAndVectors_InOrder()
    {
        var data = _ml.Data.LoadFromEnumerable(Rows);

        var joined = _ml.Transforms.Concatenate("Features", "V", "A").Fit(data).Transform(data);

        Assert.AreEqual(new VectorDataViewType(NumberDataViewType.Single, 3), joined.Schema["Features"].Type);
        CollectionAssert.AreEqual(new[] { 5f, 6, 4 }, joined.GetColumn<float[]>("Features").ElementAt(1));
    }

    [TestMethod]
    public void Concatenate_DifferentOrMissingColumns_Throws()
    {
        var data = _ml.Data.LoadFromEnumerable(Rows);

        Assert.Throws<ArgumentException>(() => _ml.Transforms.Concatenate("Features", "A", "Name").Append(_ml.Transforms.CopyColumns("B", "A")).Fit(data));
        Assert.Throws<ArgumentException>(() => _ml.Transforms.Concatenate("Features", "A", "None").Fit(data));
    }

    [TestMethod]
    public void MapValueToKey_ByOccurrence_KeysFromOneInOrderOfRows()
    {
        var data = _ml.Data.LoadFromEnumerable(Rows);

        var keyed = _ml.Transforms.Conversion.MapValueToKey("Key", "Name").Fit(data).Transform(data);

        CollectionAssert.AreEqual(new uint[] { 1, 2, 1, 0 }, keyed.GetColumn<uint>("Key").ToArray());
        Assert.AreEqual(new KeyDataViewType(typeof(uint), 2), keyed.Schema["Key"].Type);
        var names = default(VBuffer<ReadOnlyMemory<char>>);
        keyed.Schema["Key"].GetKeyValues(ref names);
        CollectionAssert.AreEqual(new[] { "pear", "apple" }, names.DenseValues().Select(name => name.ToString()).ToArray());
    }

    [TestMethod]
    public void MapValueToKey_ByValue_KeysInOrderOfValues()
    {
        var data = _ml.Data.LoadFromEnumerable(Rows);

        var keyed = _ml.Transforms.Conversion
            .MapValueToKey([new("Key", "Name"), new("Number")], keyOrdinality: ValueToKeyMappingEstimator.KeyOrdinality.ByValue)
            .Fit(data).Transform(data);

        CollectionAssert.AreEqual(new uint[] { 2, 1, 2, 0 }, keyed.GetColumn<uint>("Key").ToArray());
        CollectionAssert.AreEqual(new uint[] { 2, 0, 1, 2 }, keyed.GetColumn<uint>("Number").ToArray());
    }

    [TestMethod]
    public void MapValueToKey_UnseenValue_IsMissing()
    {
        var model = _ml.Transforms.Conversion.MapValueToKey("Key", "Name").Fit(_ml.Data.LoadFromEnumerable(Rows));

        var keyed = model.Transform(_ml.Data.LoadFromEnumerable([new Row { Name = "plum" }]));

        Assert.AreEqual(0u, keyed.GetColumn<uint>("Key").Single());
    }

    [TestMethod]
    public void MapKeyToValue_AfterMapValueToKey_GivesTheValuesBack()
    {
        var data = _ml.Data.LoadFromEnumerable(Rows);

        var back = _ml.Transforms.Conversion.MapValueToKey("Key", "Number")
            .Append(_ml.Transforms.Conversion.MapKeyToValue("Back", "Key"))
            .Fit(data).Transform(data);

        CollectionAssert.AreEqual(Rows.Select(row => row.Number).ToArray(), back.GetColumn<float>("Back").ToArray());
    }

    [TestMethod]
    public void SelectAndDrop_Columns_AreThoseNamed()
    {
        var data = _ml.Data.LoadFromEnumerable(Rows);

        var selected = _ml.Transforms.SelectColumns("Name", "A").Fit(data).Transform(data);
        var dropped = _ml.Transforms.DropColumns("V").Fit(data).Transform(data);

        CollectionAssert.AreEqual(new[] { "Name", "A" }, selected.Schema.Select(column => column.Name).ToArray());
        CollectionAssert.AreEqual(new[] { 1f, 4, 7, 0 }, selected.GetColumn<float>("A").ToArray());
        Assert.IsNull(dropped.Schema.GetColumnOrNull("V"));
    }

    [TestMethod]
    public void SaveAndLoad_ChainOfAll_SameSchemaAndValues()
    {
        var data = _ml.Data.LoadFromEnumerable(Rows);
        var model = _ml.Transforms.Concatenate("Features", "A", "V")
            .Append(_ml.Transforms.CopyColumns("Copy", "Features"))
            .Append(_ml.Transforms.Conversion.MapValueToKey("Key", "Name"))
            .Append(_ml.Transforms.Conversion.MapKeyToValue("Back", "Key"))
            .Append(_ml.Transforms.DropColumns("V"))
            .Fit(data);
        using var stream = new MemoryStream();

        _ml.Model.Save(model, data.Schema, stream);
        stream.Position = 0;
        var loaded = new MLContext().Model.Load(stream, out _).Transform(data);

        var expected = model.Transform(data);
        CollectionAssert.AreEqual(expected.Schema.Select(column => (column.Name, column.Type)).ToArray(), loaded.Schema.Select(column => (column.Name, column.Type)).ToArray());
        CollectionAssert.AreEqual(expected.GetColumn<float[]>("Copy").Last(), loaded.GetColumn<float[]>("Copy").Last());
        CollectionAssert.AreEqual(expected.GetColumn<uint>("Key").ToArray(), loaded.GetColumn<uint>("Key").ToArray());
        CollectionAssert.AreEqual(expected.GetColumn<string>("Back").ToArray(), loaded.GetColumn<string>("Back").ToArray());
    }

    [TestMethod]
    public void RowMapper_Dependencies_AreTheInputsOfTheColumnsAskedFor()
    {
        var data = _ml.Data.LoadFromEnumerable(Rows);
        ITransformer model = _ml.Transforms.Concatenate("Features", "V", "A").Fit(data);

        var mapper = model.GetRowToRowMapper(data.Schema);
        var needed = mapper.GetDependencies([mapper.OutputSchema["Features"], mapper.OutputSchema["Name"]]);

        Assert.IsTrue(model.IsRowToRowMapper);
        CollectionAssert.AreEquivalent(new[] { "V", "A", "Name" }, needed.Select(column => column.Name).ToArray());
    }

    private sealed class Row
    {
        public float A { get; set; }

        [VectorType(2)]
        public float[] V { get; set; } = [0, 0];

        public string Name { get; set; } = "";

        public float Number { get; set; }
    }
}
