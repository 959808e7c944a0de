using System.IO.Compression;
using Microsoft.ML.DeepClustering.Tool.Input;
using Microsoft.ML.DeepClustering.Tool.Input.Tables;
using Microsoft.ML.DeepClustering.Tool.Tests.Support;
using Parquet;
using Parquet.Schema;

namespace Microsoft.ML.DeepClustering.Tool.Tests.Input;

[TestClass]
public sealed class ParquetTableTests
{
    private readonly Workspace _work = new();

    [TestCleanup]
    public void Delete() => _work.Dispose();

    [TestMethod]
    public async Task Read_NumbersAndTextsOfTwoGroups_InOrder()
    {
        DataField<int> whole = new("whole");
        DataField<double?> real = new("real");
        DataField<bool> truth = new("truth");
        DataField<string> text = new("text");
        DataField<DateTime> time = new("time");
        await using (var file = File.Create(_work.PathOf("data.parquet")))
        await using (var writer = await ParquetWriter.CreateAsync(new ParquetSchema(whole, real, truth, text, time), file))
        {
            for (var group = 0; group < 2; group++)
            {
                using var rows = writer.CreateRowGroup();
                await rows.WriteAsync<int>(whole, new[] { 10 * group, 10 * group + 1 });
                await rows.WriteAsync<double>(real, new double?[] { 0.5, null });
                await rows.WriteAsync<bool>(truth, new[] { true, false });
                await rows.WriteAsync(text, ["one", "two"]);
                await rows.WriteAsync<DateTime>(time, new DateTime[2]);
            }
        }

        var (table, skipped) = await ParquetTable.ReadAsync(_work.PathOf("data.parquet"), CancellationToken.None);
        Assert.AreEqual("whole, real, truth, text", string.Join(", ", table.Columns.Select(c => c.Name)));
        Assert.AreEqual((4, "row 4"), (table.Rows, table.PlaceOf(3)));
        CollectionAssert.AreEqual(new[] { 0f, 1, 10, 11 }, table.Columns[0].Numbers(table));
        CollectionAssert.AreEqual(new[] { 0.5f, float.NaN, 0.5f, float.NaN }, table.Columns[1].Numbers(table));
        CollectionAssert.AreEqual(new[] { 1f, 0, 1, 0 }, table.Columns[2].Numbers(table));
        CollectionAssert.AreEqual(new[] { "one", "two", "one", "two" }, table.Columns[3].Texts);
        CollectionAssert.AreEqual(new[] { "time" }, skipped.ToArray());
    }

    [TestMethod]
    public async Task Texts_NumbersThatNoFloatHolds_AreThoseOfTheFile()
    {
        DataField<long> customer = new("customer");
        DataField<uint?> account = new("account");
        DataField<double?> ratio = new("ratio");
        DataField<bool> truth = new("truth");
        await using (var file = File.Create(_work.PathOf("data.parquet")))
        await using (var writer = await ParquetWriter.CreateAsync(new ParquetSchema(customer, account, ratio, truth), file))
        {
            using var rows = writer.CreateRowGroup();
            await rows.WriteAsync<long>(customer, new[] { 20231107L, 20231108, 9007199254740993 });
            await rows.WriteAsync<uint>(account, new uint?[] { 1234567890, null, 1234567891 });
            await rows.WriteAsync<double>(ratio, new double?[] { 0.1, double.NaN, null });
            await rows.WriteAsync<bool>(truth, new[] { true, false, true });
        }

        var (table, _) = await ParquetTable.ReadAsync(_work.PathOf("data.parquet"), CancellationToken.None);
        CollectionAssert.AreEqual(new[] { "20231107", "20231108", "9007199254740993" }, table.Columns[0].Texts);
        CollectionAssert.AreEqual(new[] { "1234567890", "", "1234567891" }, table.Columns[1].Texts);
        CollectionAssert.AreEqual(new[] { "0.1", "", "" }, table.Columns[2].Texts);
        CollectionAssert.AreEqual(new[] { "1", "0", "1" }, table.Columns[3].Texts);
        Assert.AreEqual(3, ColumnProfile.Of(table.Columns[0]).DistinctValues);
        Assert.AreEqual(2, ColumnProfile.Of(table.Columns[1]).DistinctValues);
    }

    [TestMethod]
    public async Task Read_GzippedParquet_SaysToUnpackIt()
    {
        using (var zip = new GZipStream(File.Create(_work.PathOf("data.parquet.gz")), CompressionLevel.Fastest))
            zip.Write("PAR1"u8);
        var fault = await Assert.ThrowsExactlyAsync<ToolFault>(() => ParquetTable.ReadAsync(_work.PathOf("data.parquet.gz"), CancellationToken.None));
        StringAssert.Contains(fault.Message, "is a gzipped Parquet file, which cannot be read; unpack it.");
        Assert.AreEqual(InputKind.Parquet, KindDetection.Detect(_work.PathOf("data.parquet.gz")));
    }

    [TestMethod]
    public async Task Train_Parquet_AsTheSameCsv()
    {
        var csv = _work.Write("data.csv", Drawn.Csv(30));
        var read = TextTable.Read(csv, null, null, CancellationToken.None);
        DataField<float> width = new("width"), height = new("height");
        DataField<string> kind = new("kind");
        await using (var file = File.Create(_work.PathOf("data.parquet")))
        await using (var writer = await ParquetWriter.CreateAsync(new ParquetSchema(width, height, kind), file))
        {
            using var rows = writer.CreateRowGroup();
            await rows.WriteAsync<float>(width, read.Columns[0].Numbers(read));
            await rows.WriteAsync<float>(height, read.Columns[1].Numbers(read));
            await rows.WriteAsync(kind, read.Columns[2].Texts);
        }

        string[] settings = ["--clusters", "2", "--epochs", "1", "--pretraining-epochs", "2", "--threads", "1", "-o"];
        await _work.RunWellAsync(["train", csv, .. settings, _work.PathOf("a")]);
        await _work.RunWellAsync(["train", _work.PathOf("data.parquet"), .. settings, _work.PathOf("b")]);
        Assert.AreEqual(File.ReadAllText(_work.PathOf("a/clusters.csv")), File.ReadAllText(_work.PathOf("b/clusters.csv")));
    }
}
