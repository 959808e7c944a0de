using System.Text.RegularExpressions;
using Microsoft.ML.DeepClustering.Orleans.Grains;
using Microsoft.ML.DeepClustering.Orleans.Tests.Support;

namespace Microsoft.ML.DeepClustering.Orleans.Tests;

/// <summary>Trainings on two silos that are processes of their own.</summary>
[TestClass]
public sealed partial class OrleansTrainingTests
{
    private static TestSilos? _silos;

    private static TestSilos Silos => _silos!;

    [ClassInitialize]
    public static async Task StartAsync(TestContext context) => _silos = await TestSilos.StartAsync();

    [ClassCleanup]
    public static async Task StopAsync() => await Silos.DisposeAsync();

    public static IEnumerable<object[]> Methods =>
    [
        [Trainings.Options(epochs: 20)],
        [new DdcUcoOptions { NumberOfClusters = 3, HiddenLayers = [16, 8], BatchSize = 20, NumberOfEpochs = 10, NumberOfRuns = 4, Seed = 3, NumberOfThreads = 1, RunCriterion = RunCriterion.Agreement }],
    ];

    [TestMethod]
    [DynamicData(nameof(Methods))]
    public void Fit_OnTwoSilos_GivesTheModelOfThisProcess(DeepClusteringOptions options)
    {
        var (told, heard) = (new List<string>(), new List<string>());
        var here = Trainings.Fit(options, hear: told.Add);
        Trainings.Fit(options, Silos.Grains, Silos.NewStorage(), heard.Add).AssertSame(here);
        // All progress of each run is heard, once and in its order.
        for (var run = 1; run <= options.NumberOfRuns; run++)
            CollectionAssert.AreEqual(Of(run, told), Of(run, heard));

        static string[] Of(int run, List<string> lines) => [.. lines.Where(line => line.StartsWith($"progress {run}/", StringComparison.Ordinal))];
    }

    [TestMethod]
    public void Fit_MoreRunsThanSilos_UsesThemEvenly()
    {
        var heard = new List<string>();
        var options = Trainings.Options(epochs: 150);
        options.NumberOfRuns = 6;
        Trainings.Fit(options, Silos.Grains, Silos.NewStorage(), heard.Add);
        var places = heard.Where(line => line.Contains("trains it", StringComparison.Ordinal)).ToArray();
        for (var silo = 0; silo < 2; silo++)
            Assert.IsGreaterThanOrEqualTo(2, places.Count(line => line.Contains(Silos.Address(silo), StringComparison.Ordinal)), string.Join('\n', places));
    }

    [TestMethod]
    public void Fit_TheSameAgain_FindsItsRunsInTheStorage()
    {
        var (storage, heard) = (Silos.NewStorage(), new List<string>());
        var first = Trainings.Fit(Trainings.Options(epochs: 10), Silos.Grains, storage);
        Trainings.Fit(Trainings.Options(epochs: 10), Silos.Grains, storage, heard.Add).AssertSame(first);
        Assert.IsEmpty(heard.Where(line => line.Contains("progress", StringComparison.Ordinal) || line.Contains("trains it", StringComparison.Ordinal)));
    }

    [TestMethod]
    public void Scan_OnTwoSilos_FindsWhatThisProcessFinds()
    {
        var options = Trainings.Options(epochs: 5);
        options.NumberOfRuns = 1;
        var here = Trainings.Scan(options);
        Assert.AreEqual(here, Trainings.Scan(options.UseOrleans(Silos.Grains, new FolderRunStorage(Silos.NewStorage()))));
    }

    [TestMethod]
    public void Fit_Cancelled_EndsTheRunsOnTheSilos()
    {
        using var cancellation = new CancellationTokenSource();
        var options = Trainings.Options(epochs: 200_000);
        options.CancellationToken = cancellation.Token;
        var storage = Silos.NewStorage();
        Assert.ThrowsExactly<OperationCanceledException>(() => Trainings.Fit(options, Silos.Grains, storage, line =>
        {
            if (line.StartsWith("progress", StringComparison.Ordinal))
                cancellation.Cancel();
        }));
        // The silos have room again.
        Trainings.Fit(Trainings.Options(epochs: 2), Silos.Grains, storage);
        Assert.IsTrue(Silos.Lines(0).Concat(Silos.Lines(1)).Any(line => line.Contains("Cancelled", StringComparison.Ordinal)));
    }

    [TestMethod]
    [TestCategory("Slow")]
    public void Fit_CancelledAgainAndAgain_LeavesNoRunOnTheSilos()
    {
        for (var round = 0; round < 12; round++)
        {
            using var cancellation = new CancellationTokenSource();
            var options = Trainings.Options(epochs: 200_000, seed: 100 + 10 * round);
            options.CancellationToken = cancellation.Token;
            var heard = 0;
            Assert.ThrowsExactly<OperationCanceledException>(() => Trainings.Fit(options, Silos.Grains, Silos.NewStorage(), line =>
            {
                if (line.StartsWith("progress", StringComparison.Ordinal) && ++heard > round)
                    cancellation.Cancel();
            }));
            // A run that had been left would take a silo's only place.
            var next = Task.Run(() => Trainings.Fit(Trainings.Options(epochs: 2), Silos.Grains, Silos.NewStorage()));
            Assert.IsTrue(((IAsyncResult)next).AsyncWaitHandle.WaitOne(TimeSpan.FromMinutes(2)), $"round {round}: the silos have no room");
        }
    }

    [TestMethod]
    public void Fit_StorageIsAFile_SaysSo()
    {
        var file = Silos.PathOf("a file");
        File.WriteAllText(file, "");
        var fault = Assert.ThrowsExactly<IOException>(() => Trainings.Fit(Trainings.Options(epochs: 2), Silos.Grains, file));
        Assert.AreEqual($"The storage {file} is a file; name a folder.", fault.Message);
    }

    [TestMethod]
    public void Fit_SiloCannotWriteToTheStorage_SaysWhichSiloAndPath()
    {
        var storage = Silos.NewStorage();
        File.WriteAllText(Path.Combine(storage, "runs"), "in the way");
        var fault = Assert.ThrowsExactly<InvalidOperationException>(() => Trainings.Fit(Trainings.Options(epochs: 2), Silos.Grains, storage));
        StringAssert.Contains(fault.Message, $"The storage {storage} cannot be written");
        StringAssert.Contains(fault.Message, "On the silo 127.0.0.1:");
    }

    [TestMethod]
    public void Fit_DamagedDataInTheStorage_SaysWhichFile()
    {
        var (executor, options, storage) = (new TextOfARun(), Trainings.Options(epochs: 2), Silos.NewStorage());
        options.RunExecutor = executor;
        Assert.ThrowsExactly<NotSupportedException>(() => Trainings.Fit(options, dataSeed: 2));
        Directory.CreateDirectory(Path.Combine(storage, "data"));
        File.WriteAllText(Path.Combine(storage, "data", executor.Hash!), "damaged");
        var fault = Assert.ThrowsExactly<InvalidOperationException>(() => Trainings.Fit(options, Silos.Grains, storage, dataSeed: 2));
        StringAssert.Contains(fault.Message, $"The file data/{executor.Hash} in the storage {storage} is damaged");
    }

    [TestMethod]
    public async Task Run_OfAnotherVersion_IsRefusedByName()
    {
        var executor = new TextOfARun();
        var options = Trainings.Options(epochs: 2);
        options.RunExecutor = executor;
        Assert.ThrowsExactly<NotSupportedException>(() => Trainings.Fit(options));
        var version = Version().Match(executor.Text!).Value;
        var storage = new FolderRunStorage(Silos.NewStorage());
        await storage.StoreAsync($"data/{executor.Hash}", executor.Data!, CancellationToken.None);
        var ticket = new RunTicket { Text = Version().Replace(executor.Text!, "0.0.1-other"), DataSha256 = executor.Hash!, StorageAddress = storage.Address, WantsProgress = false };
        var grain = Silos.Grains.GetGrain<IRunGrain>("other-version");
        var status = await grain.WorkAsync(ticket, default, TimeSpan.FromSeconds(10));
        while (status.State is RunState.Waiting or RunState.Training)
            status = await grain.WorkAsync(ticket, status.Position, TimeSpan.FromSeconds(10));
        Assert.AreEqual(RunState.Failed, status.State);
        StringAssert.Contains(status.Fault, "0.0.1-other");
        StringAssert.Contains(status.Fault, Regex.Unescape(version));
    }

    [GeneratedRegex("(?<=\"Version\": *\")[^\"]+")]
    private static partial Regex Version();

    // Keeps what a worker is given.
    private sealed class TextOfARun : RunExecutor
    {
        public string? Text { get; private set; }

        public string? Data { get; private set; }

        public string? Hash { get; private set; }

        public override Task ExecuteAsync(RunBatch batch, CancellationToken cancellationToken)
        {
            (Text, Hash, Data) = (batch.Requests[0].Text, batch.DataSha256, Silos.PathOf("copied data"));
            File.Copy(batch.DataPath, Data, overwrite: true);
            throw new NotSupportedException();
        }
    }
}
