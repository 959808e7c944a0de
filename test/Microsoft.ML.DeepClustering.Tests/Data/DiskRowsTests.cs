using Microsoft.ML.DeepClustering.Data;
using Microsoft.ML.DeepClustering.Tests.Support;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Tests.Data;

[TestClass]
public sealed class DiskRowsTests
{
    public static IEnumerable<object[]> Methods => TestMethods.All;

    [TestMethod]
    public void Gather_AnyRows_AreThoseWritten()
    {
        using var disk = new DiskRows(new InputShape([3]));
        using var scope = NewDisposeScope();
        var rows = Arithmetic.Numbers(30, CPU).to(ScalarType.Float32).reshape(10, 3);
        disk.Append(rows.narrow(0, 0, 4));
        disk.Append(rows.narrow(0, 4, 6));
        Assert.AreEqual(10, disk.Count);
        var indices = tensor(new long[] { 9, 0, 4, 4 });
        CollectionAssert.AreEqual(rows.index_select(0, indices).data<float>().ToArray(), disk.Gather(indices).data<float>().ToArray());
        CollectionAssert.AreEqual(rows.narrow(0, 3, 5).data<float>().ToArray(), disk.Range(3, 5).data<float>().ToArray());
    }

    [TestMethod]
    public void Range_InterleavedImages_ArePlanar()
    {
        var shape = InputShape.FromImage(new(3, 2, 2, Interleaved: true));
        using var disk = new DiskRows(shape);
        using var scope = NewDisposeScope();
        var rows = Arithmetic.Numbers(24, CPU).to(ScalarType.Float32).reshape(2, 12);
        disk.Append(rows);
        var expected = InputTensor.Arrange(rows, 2, shape);
        CollectionAssert.AreEqual(expected.data<float>().ToArray(), disk.Range(0, 2).data<float>().ToArray());
        CollectionAssert.AreEqual(new long[] { 2, 3, 2, 2 }, disk.Gather(tensor(new long[] { 0, 1 })).shape);
    }

    [TestMethod]
    public void Range_BehindTheEnd_SaysSo()
    {
        using var disk = new DiskRows(new InputShape([3]));
        Assert.ThrowsExactly<EndOfStreamException>(() => disk.Range(0, 1));
    }

    [TestMethod]
    [DynamicData(nameof(Methods))]
    public void Fit_FeaturesOnDisk_GivesTheSameWeightsBitForBit(string method, bool images)
    {
        var options = TestMethods.Options(method);
        options.FeatureStorage = FeatureStorage.Memory;
        var inMemory = Trainings.Line(options, images);
        options.FeatureStorage = FeatureStorage.Disk;
        Assert.AreEqual(inMemory, Trainings.Line(options, images));
    }

    [TestMethod]
    public void Fit_FeaturesOnDisk_LeavesNoFile()
    {
        var ml = new MLContext(1);
        var options = TestMethods.Options("Ddc");
        options.FeatureStorage = FeatureStorage.Disk;
        var before = Leftovers();
        options.Progress = new Reporter(_ => throw new TimeoutException());
        Assert.ThrowsExactly<TimeoutException>(() => TestMethods.Trainer(ml, options).Fit(TestRows.View(ml, TestRows.Make(60), images: true)));
        Assert.AreEqual(before, Leftovers());

        static int Leftovers() => Directory.GetFiles(Path.GetTempPath(), "deep-clustering-*.rows").Length;
    }

    [TestMethod]
    [DoNotParallelize]
    public void Read_NoFolderForTheFile_SaysWhatToDo()
    {
        if (OperatingSystem.IsWindows())
            Assert.Inconclusive("Windows names its temporary folder otherwise.");
        var before = Environment.GetEnvironmentVariable("TMPDIR");
        Environment.SetEnvironmentVariable("TMPDIR", "/missing-folder/");
        try
        {
            var error = Assert.ThrowsExactly<IOException>(() => Read(TestRows.Make(30, 12), 12, FeatureStorage.Disk, 0));
            StringAssert.Contains(error.Message, "temporary file in /missing-folder/ (");
            StringAssert.Contains(error.Message, "set FeatureStorage to Memory");
        }
        finally
        {
            Environment.SetEnvironmentVariable("TMPDIR", before);
        }
    }

    [TestMethod]
    [DataRow(FeatureStorage.Auto, 0L, true)]
    [DataRow(FeatureStorage.Auto, long.MaxValue, false)]
    [DataRow(FeatureStorage.Memory, 0L, false)]
    [DataRow(FeatureStorage.Disk, long.MaxValue, true)]
    public void Read_StorageAndMemory_DecideWhereTheRowsAre(FeatureStorage storage, long limit, bool onDisk)
    {
        using var rows = Read(TestRows.Make(30, 12), 12, storage, limit);
        Assert.AreEqual(onDisk, rows is DiskRows);
        Assert.AreEqual(30, rows.Count);
    }

    [TestMethod]
    public void Read_MoreThanTheMemoryAllows_MovesToDiskWithoutLoss()
    {
        // Blocks of 16 MiB, of which one fits.
        var size = 1 << 20;
        var rows = TestRows.Make(9, size);
        using var scope = NewDisposeScope();
        using var read = Read(rows, size, FeatureStorage.Auto, 20 << 20);
        Assert.IsInstanceOfType<DiskRows>(read);
        for (var i = 0; i < rows.Length; i++)
            CollectionAssert.AreEqual(rows[i].Features, read.Range(i, 1).data<float>().ToArray());
    }

    [TestMethod]
    public void Read_RowsLargerThanABlock_CountWhatTheyTake()
    {
        // Rows of 20 MiB, of which one fits.
        var size = 5 << 20;
        using var scope = NewDisposeScope();
        using var read = Read([new() { Features = new float[size] }, new() { Features = new float[size] }], size, FeatureStorage.Auto, 36 << 20);
        Assert.IsInstanceOfType<DiskRows>(read);
    }

    [TestMethod]
    public void Gather_RowsOfSeveralBlocks_AreThoseWritten()
    {
        // One row a block.
        const int Size = 3 << 20;
        using var scope = NewDisposeScope();
        using var disk = new DiskRows(new InputShape([Size]));
        var rows = Arithmetic.Numbers(3, CPU).to(ScalarType.Float32).unsqueeze(1).expand(3, Size).contiguous();
        disk.Append(rows);
        Assert.IsTrue(disk.Range(1, 2).allclose(rows.narrow(0, 1, 2), 0, 0));
        Assert.IsTrue(disk.Gather(tensor(new long[] { 2, 0, 1 })).allclose(rows.index_select(0, tensor(new long[] { 2, 0, 1 })), 0, 0));
    }

    [TestMethod]
    [DataRow(47L, false)]
    [DataRow(48L, true)]
    public void Create_RowsThatGrow_AreKeptOnlyWhereTheyFit(long memoryLimit, bool kept)
    {
        using var scope = NewDisposeScope();
        // 3 rows of 2 values become rows of 4.
        using var rows = new MemoryRows(Arithmetic.Numbers(6, CPU).to(ScalarType.Float32).reshape(3, 2).DetachFromDisposeScope());
        using var prepared = PreparedRows.Create(rows, x => cat(new[] { x, x }, 1), CPU, memoryLimit);
        Assert.AreEqual(kept, prepared is MemoryRows);
        TestTensors.AreClose([2, 3, 2, 3, 4, 5, 4, 5], prepared.Range(1, 2), 0);
        TestTensors.AreClose([4, 5, 4, 5, 0, 1, 0, 1], prepared.Gather(tensor(new long[] { 2, 0 })), 0);
        using var same = PreparedRows.Create(rows, x => x.clone(), CPU, memoryLimit: 0);
        Assert.IsInstanceOfType<MemoryRows>(same, "Rows that do not grow are where they are.");
    }

    private static TrainingRows Read(TestRow[] rows, int size, FeatureStorage storage, long limit)
    {
        var ml = new MLContext(1);
        var view = TestRows.View(ml, rows, images: false);
        return new TrainingReader(view.Schema["Features"], new InputShape([size]), storage, null, CancellationToken.None) { MemoryLimit = limit }.Read(view).Features;
    }
}
