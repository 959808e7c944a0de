using System.IO.Compression;
using System.Text;
using Experiments;
using TorchSharp;

namespace Samples.Tests.Experiments;

[TestClass]
public sealed class DataSetsTests
{
    [TestMethod]
    public void Read_Text_GivesLabelsAndVectors()
    {
        var rows = ReadText("3 0.5 -1\n\n7 1e-3 2\n");
        CollectionAssert.AreEqual(new[] { 2 }, rows.Dimensions);
        CollectionAssert.AreEqual(new[] { 3, 7 }, rows.Labels);
        CollectionAssert.AreEqual(new[] { 0.5f, -1, 1e-3f, 2 }, rows.Features.SelectMany(f => f).ToArray());
        Assert.IsFalse(rows.AreImages);
    }

    [TestMethod]
    public void Read_TextWithAShape_GivesImages()
    {
        var rows = ReadText("# 1 2 2\n0 -1 -0.5 0.5 1\n");
        CollectionAssert.AreEqual(new[] { 1, 2, 2 }, rows.Dimensions);
        CollectionAssert.AreEqual(new[] { 0, 0.5f, 1.5f, 2 }, rows.Scaled(new("x", Low: 0, High: 2)).Features[0]);
    }

    [TestMethod]
    [DataRow("# 1 1 2\n0 0 1\n1 -1 0.5\n")]
    [DataRow("0 0 1\n1 -1 0.5\n")]
    public void Scaled_Standardized_HasMean0AndDeviation1OverAllValues(string text)
    {
        var rows = ReadText(text);
        var choice = new DataChoice("x", Standardized: true);
        // Of 0, 1, -1, 0.5: the mean is 0.125, the variance 0.546875.
        var values = rows.Scaled(choice).Features.SelectMany(f => f).ToArray();
        double[] expected = [-0.125, 0.875, -1.125, 0.375];
        for (var i = 0; i < values.Length; i++)
            Assert.AreEqual(expected[i] / Math.Sqrt(0.546875), values[i], 1e-6);
        Assert.AreEqual(1.125 / Math.Sqrt(0.546875), -rows.RangeOf(choice).Low, 1e-6);
        Assert.AreEqual(0.875 / Math.Sqrt(0.546875), rows.RangeOf(choice).High, 1e-6);
        CollectionAssert.AreEqual(rows.Features.SelectMany(f => f).ToArray(), rows.Scaled(new("x")).Features.SelectMany(f => f).ToArray());
    }

    [TestMethod]
    public void Chosen_SideOfTwoPixels_GivesTheGoldenImage()
    {
        var rows = ReadText("# 1 2 2\n0 -1 1 0 0.5\n");
        var chosen = rows.Chosen(new("x", Side: 4));
        CollectionAssert.AreEqual(new[] { 1, 4, 4 }, chosen.Dimensions);
        // A quarter and three quarters of the way, and the border itself.
        float[] expected = [-1, -0.5f, 0.5f, 1, -0.75f, -0.34375f, 0.46875f, 0.875f, -0.25f, -0.03125f, 0.40625f, 0.625f, 0, 0.125f, 0.375f, 0.5f];
        CollectionAssert.AreEqual(expected, chosen.Features[0]);
    }

    [TestMethod]
    [DataRow(1, 16, 16, 28)]
    [DataRow(3, 5, 7, 6)]
    [DataRow(1, 28, 28, 9)]
    [DataRow(2, 4, 4, 4)]
    public void Chosen_ImagesWithASide_AreThoseOfTorchSharp(int channels, int height, int width, int side)
    {
        using var scope = torch.NewDisposeScope();
        using var generator = new torch.Generator(1);
        var images = torch.randn(4, channels, height, width, generator: generator);
        var rows = new LabelledRows([channels, height, width], [.. images.data<float>().ToArray().Chunk(channels * height * width)], [0, 1, 0, 2]);
        var expected = torch.nn.functional.interpolate(images, [side, side], mode: torch.InterpolationMode.Bilinear, align_corners: false).data<float>().ToArray();
        var values = rows.Chosen(new("x", Side: side)).Features.SelectMany(f => f).ToArray();
        Assert.HasCount(expected.Length, values);
        for (var i = 0; i < values.Length; i++)
            Assert.AreEqual(expected[i], values[i], 1e-5f);
        CollectionAssert.AreEqual(new[] { 0, 0 }, rows.Chosen(new("x", [0], Side: side)).Labels);
    }

    [TestMethod]
    public void Chosen_SideOfFlatRows_SaysWhatToDo()
    {
        var error = Assert.ThrowsExactly<InvalidDataException>(() => ReadText("0 2 2\n1 2 3\n").Chosen(new("x", Side: 4)));
        Assert.AreEqual("x has flat rows of 2 values, and \"side\" is 4, which only images can have; leave it out.", error.Message);
    }

    [TestMethod]
    public void Scaled_StandardizedOfASmallSpread_KeepsIt()
    {
        var rows = new LabelledRows([1], [.. Enumerable.Range(0, 1000).Select(i => new[] { i * 1e-9f })], new int[1000]);
        var values = rows.Scaled(new("x", Standardized: true)).Features.Select(f => (double)f[0]).ToArray();
        Assert.AreEqual(1000, values.Distinct().Count());
        Assert.AreEqual(0, values.Average(), 1e-6);
        Assert.AreEqual(1, values.Average(v => v * v), 1e-6);
    }

    [TestMethod]
    public void Scaled_StandardizedOfEqualValues_SaysSo()
    {
        var rows = ReadText("0 2 2\n1 2 2\n");
        var error = Assert.ThrowsExactly<InvalidDataException>(() => rows.Scaled(new("x", Standardized: true)));
        Assert.AreEqual("The values of x are to be standardised, but all are 2; leave \"standardized\" out.", error.Message);
        Assert.IsEmpty(rows.Part([9], null).Scaled(new("x", Standardized: true)).Features);
    }

    [TestMethod]
    [DataRow("0 1 2\n1 1\n", "line 2 has 1 values")]
    [DataRow("# 1 2 2\n0 1 2\n", "line 2 has 2 values")]
    [DataRow("0 1 x\n", "'x'")]
    [DataRow("\n", "no rows")]
    [DataRow("0 1\n0.7 2\n", "line 2 has the class '0.7'; it must be a whole number")]
    [DataRow("NaN 1\n", "line 1 has the class 'NaN'")]
    [DataRow("1e30 1\n", "line 1 has the class '1e30'")]
    [DataRow("16777217 1\n", "line 1 has the class '16777217'")]
    [DataRow("0 1,5\n", "'1,5', which is no finite number")]
    [DataRow("1,000 1\n", "has the class '1,000'")]
    [DataRow("0 Infinity\n", "'Infinity', which is no finite number")]
    [DataRow("0\n1\n", "line 1 has 0 values")]
    [DataRow("# 4 4\n0 1 1\n", "begins with '# 4 4'")]
    [DataRow("# 1 -4 -4\n0 1\n", "begins with '# 1 -4 -4'")]
    [DataRow("# 1 0 4\n0\n", "begins with '# 1 0 4'")]
    [DataRow("# 65536 65536 1\n0\n", "4294967296 are expected")]
    [DataRow("0 1\n# 1 1 1\n", "line 2 begins with #")]
    public void Read_FaultyText_IsAnErrorThatSaysWhere(string content, string fault)
        => StringAssert.Contains(Assert.ThrowsExactly<InvalidDataException>(() => ReadText(content)).Message, fault);

    [TestMethod]
    [DataRow("usps", "zip.train.gz", 0.5)]
    [DataRow("usps", "zip.test.gz", 0.999)]
    [DataRow("some", "some.txt.gz", 0.5)]
    public void Read_GzippedFileThatWasCutOff_IsAnErrorThatNamesIt(string name, string cut, double kept)
    {
        using var folder = new TestFolder();
        var width = name == "usps" ? 256 : 3;
        var content = string.Concat(Enumerable.Range(0, 50).Select(i => $"{i % 10} {string.Join(' ', Enumerable.Range(0, width).Select(j => i * j % 7))}\n"));
        foreach (var file in name == "usps" ? new[] { "zip.train.gz", "zip.test.gz" } : [cut])
        {
            using var zip = new GZipStream(File.Create(Path.Combine(folder.Path, file)), CompressionLevel.Fastest);
            zip.Write(Encoding.UTF8.GetBytes(content));
        }

        var files = new DataSets(new Dictionary<string, string> { [name] = folder.Path }, null).Find(name)!;
        Assert.HasCount(name == "usps" ? 100 : 50, DataSets.Read(name, files).Labels);
        var path = Path.Combine(folder.Path, cut);
        var whole = File.ReadAllBytes(path);
        File.WriteAllBytes(path, whole[..(int)(whole.Length * kept)]);
        StringAssert.StartsWith(Assert.ThrowsExactly<InvalidDataException>(() => DataSets.Read(name, files)).Message, $"{path} cannot be decompressed");
    }

    [TestMethod]
    public void Read_ClassesWithADecimalPoint_AreThoseNumbers()
        => CollectionAssert.AreEqual(new[] { 3, -7, 1 << 24 }, ReadText("3.0 1\n-7.000e+00 1\n16777216 1\n").Labels);

    [TestMethod]
    public void Require_ClassesThatTheDataHaveNot_SaysWhichThereAre()
    {
        var error = Assert.ThrowsExactly<InvalidDataException>(() => ReadText("0 1\n3 2\n").Require(new("x", [3, 99])));
        Assert.AreEqual("\"classes\" of x has 99, of which it has no rows; its 2 classes are from 0 to 3.", error.Message);
    }

    [TestMethod]
    public void Require_RangeOfFlatRows_SaysWhatToDo()
    {
        var rows = ReadText("0 2 2\n1 2 3\n");
        var error = Assert.ThrowsExactly<InvalidDataException>(() => rows.Require(new("x", Low: 0)));
        Assert.AreEqual("x has flat rows of 2 values, and \"low\" is 0 and \"high\" 1, which only images can have; leave them out.", error.Message);
        rows.Require(new("x"));
        rows.Require(new("x", Standardized: true));
    }

    [TestMethod]
    public void Remedy_OfASetThatIsNotThere_SaysWhatItsFolderHas()
    {
        Assert.AreEqual("give --data usps=FOLDER, a folder with zip.train and zip.test, gzipped or not", DataSets.Remedy("usps"));
        Assert.AreEqual("give --data rcv1=FOLDER, a folder with rcv1.txt, gzipped or not", DataSets.Remedy("rcv1"));
        StringAssert.StartsWith(DataSets.Remedy("blobs-1-1"), "blobs-K-D is drawn for 2 to 6 clusters K in D = 2 dimensions, and for 2 to 15 in 3 to 99. Change the name");
    }

    [TestMethod]
    public void Part_ClassesAndRows_TakesTheFirstOfThem()
    {
        var rows = ReadText("0 1\n1 2\n2 3\n1 4\n0 5\n").Part([0, 1], 3);
        CollectionAssert.AreEqual(new[] { 1f, 2, 4 }, rows.Features.Select(f => f[0]).ToArray());
        CollectionAssert.AreEqual(new[] { 0, 1, 1 }, rows.Labels);
    }

    [TestMethod]
    public void Find_SetThatIsNotThere_IsNull()
    {
        using var folder = new TestFolder();
        var sets = new DataSets(new Dictionary<string, string> { ["usps"] = folder.Path }, folder.Path);
        Assert.IsNull(sets.Find("usps"));
        Assert.IsNull(sets.Find("rcv1"));
    }

    [TestMethod]
    public void Read_Digits_AreThereWithoutAFolder()
    {
        var rows = Read("digits");
        CollectionAssert.AreEqual(new[] { 1, 8, 8 }, rows.Dimensions);
        Assert.HasCount(1797, rows.Features);
        Assert.AreEqual(10, rows.Classes);
        Assert.AreEqual(-1, rows.Features.Min(f => f.Min()));
        Assert.AreEqual(1, rows.Features.Max(f => f.Max()));
    }

    [TestMethod]
    public void Read_Blobs_AreDrawnTheSameEachTimeAndApart()
    {
        var (rows, again) = (Read("blobs-6-8"), Read("blobs-6-8"));
        CollectionAssert.AreEqual(new[] { 8 }, rows.Dimensions);
        CollectionAssert.AreEqual(rows.Labels, again.Labels);
        CollectionAssert.AreEqual(rows.Features.SelectMany(f => f).ToArray(), again.Features.SelectMany(f => f).ToArray());
        CollectionAssert.AreNotEqual(rows.Features[0], Read("blobs-5-8").Features[0]);
        var clusters = rows.Features.Zip(rows.Labels).GroupBy(r => r.Second).ToArray();
        Assert.HasCount(6, clusters);
        Assert.IsTrue(clusters.All(c => c.Count() is >= 100 and <= 300));
        // Each row is nearest to the mean of its own cluster.
        var means = clusters.ToDictionary(c => c.Key, c => Enumerable.Range(0, 8).Select(i => c.Average(r => r.First[i])).ToArray());
        foreach (var (row, label) in rows.Features.Zip(rows.Labels))
            Assert.AreEqual(label, means.MinBy(m => m.Value.Zip(row, (a, b) => (a - b) * (a - b)).Sum()).Key);
    }

    [TestMethod]
    public void Read_AnyNumberOfBlobsThatHasAName_FindsRoom()
    {
        for (var dimensions = 2; dimensions <= 4; dimensions++)
        {
            for (var clusters = 2; clusters <= 15; clusters++)
            {
                var name = $"blobs-{clusters}-{dimensions}";
                Assert.AreEqual(dimensions > 2 || clusters <= 6, DrawnBlobs.IsName(name), name);
                if (DrawnBlobs.IsName(name))
                    Assert.AreEqual(clusters, Read(name).Classes);
            }
        }

        foreach (var name in new[] { "blobs-1-8", "blobs-16-8", "blobs-4-1", "blobs-4-100", "blobs-4", "my-blobs-4-2" })
            Assert.IsNull(new DataSets(new Dictionary<string, string>(), null).Find(name), name);
    }

    [TestMethod]
    public void Find_UnderTheFolderOfAll_IsFoundByName()
    {
        using var folder = new TestFolder();
        Directory.CreateDirectory(Path.Combine(folder.Path, "blobs"));
        var path = folder.Write(Path.Combine("blobs", "blobs.txt"), "0 1\n");
        CollectionAssert.AreEqual(new[] { path }, new DataSets(new Dictionary<string, string>(), folder.Path).Find("blobs")!.ToArray());
    }

    [TestMethod]
    public void Hash_OneByteChanged_IsAnother()
    {
        using var folder = new TestFolder();
        var path = folder.Write("a.txt", "0 1\n");
        var before = DataSets.Hash([path]);
        folder.Write("a.txt", "0 2\n");
        Assert.AreNotEqual(before, DataSets.Hash([path]));
    }

    private static LabelledRows Read(string name) => DataSets.Read(name, new DataSets(new Dictionary<string, string>(), null).Find(name)!);

    private static LabelledRows ReadText(string content)
    {
        using var folder = new TestFolder();
        return DataSets.Read("blobs", [folder.Write("blobs.txt", content)]);
    }
}
