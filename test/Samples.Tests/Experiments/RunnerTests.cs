using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Experiments;
using Samples.Tests.Programs;

namespace Samples.Tests.Experiments;

/// <summary>The program itself, in processes of its own.</summary>
[TestClass]
public sealed class RunnerTests
{
    private const string Content = """
        {
          "title": "Blobs", "seeds": 3, "data": [ { "name": "blobs" }, { "name": "absent" } ],
          "systems": [
            { "label": "KM", "method": "KMeans", "on": { "blobs": { "published": { "ACC": 100, "NMI": 100 } } } },
            { "label": "AE+KM", "method": "AutoencoderKMeans", "options": { "PretrainingEpochs": 3, "KMeansRestarts": 2 } },
            { "label": "diverges", "method": "DeepKMeans", "seeds": 1, "options": { "LearningRate": 1e30, "PretrainingEpochs": 1, "NumberOfEpochs": 1 } }
          ]
        }
        """;

    [TestMethod]
    [TestCategory("Slow")]
    public void Run_KilledAndStartedAgain_GoesOnWithWhatIsNotMade()
    {
        using var folder = new TestFolder();
        var arguments = Prepare(folder);
        var results = Path.Combine(folder.Path, "results");

        // Killed as soon as it has made a run, in the midst of the next ones.
        using (var runner = Start(arguments))
        {
            while (Results(results).Length == 0 && !runner.HasExited)
                Thread.Sleep(5);
            runner.Kill();
            runner.WaitForExit();
        }

        var made = Results(results).ToDictionary(f => f, File.GetLastWriteTimeUtc);
        Assert.IsNotEmpty(made);
        var (code, output) = Finish(Start(arguments));
        Assert.AreEqual(1, code, output);
        StringAssert.Contains(output, "diverges on blobs, seed 1: no model");
        // A process that the runner left may have finished its run before it heard of that.
        var before = Regex.Match(output, "7 runs, ([1-6]) of them made before");
        Assert.IsTrue(before.Success, output);
        Assert.IsGreaterThanOrEqualTo(made.Count, int.Parse(before.Groups[1].Value, CultureInfo.InvariantCulture));
        StringAssert.Contains(output, "the data set absent is not there");
        StringAssert.Contains(output, "3 of 3");
        foreach (var (path, written) in made)
            Assert.AreEqual(written, File.GetLastWriteTimeUtc(path), $"{path} was made again");

        var all = Results(results).Select(JsonFormat.Read<RunResult>).ToArray();
        Assert.HasCount(7, all);
        Assert.HasCount(1, all.Where(r => r.Failure is not null).ToArray());
        foreach (var run in all.Where(r => r.Job.Method == "AutoencoderKMeans"))
        {
            Assert.HasCount(3, run.Course!.Epochs);
            Assert.AreEqual(60, run.ClusterSizes.Sum());
            Assert.IsTrue(File.Exists(new ResultStore(results).ModelPath(run.Job)));
        }

        // Nothing to do any more, and no process left behind.
        var (again, nothing) = Finish(Start(arguments));
        StringAssert.Contains(nothing, "7 of them made before; 0 to make");
        StringAssert.Contains(nothing, "diverges on blobs, seed 1: no model");
        Assert.AreEqual(1, again, nothing);
        Assert.IsEmpty(Directory.GetFiles(results, "*.partial"));

        var (page, pictures) = (Path.Combine(folder.Path, "report.html"), Path.Combine(folder.Path, "pictures"));
        var (reported, said) = Finish(Start(["report", .. arguments[1..^2], "--output", page, "--pictures", pictures]));
        Assert.AreEqual(0, reported, said);
        var html = File.ReadAllText(page);
        foreach (var part in new[] { "Blobs", "AE+KM, seed", "1 of 1 runs gave no model", "the data set was not there", "t-SNE" })
            StringAssert.Contains(html, part);
        Assert.IsNotEmpty(Directory.GetFiles(pictures, "*.svg"));

        foreach (var model in Directory.GetFiles(results, "*.zip"))
            File.WriteAllBytes(model, File.ReadAllBytes(model)[..100]);
        (reported, said) = Finish(Start(["report", .. arguments[1..^2], "--output", page]));
        Assert.AreEqual(1, reported, said);
        StringAssert.Matches(said, new Regex(@"The model .*\.zip cannot be read \(.*\); delete it and .*\.json, and make the run again"));
        Assert.AreEqual(html, File.ReadAllText(page), "the report that was there stays");
    }

    [TestMethod]
    [TestCategory("Slow")]
    public void Run_KilledWithinARun_GoesOnFromItsCheckpoint()
    {
        using var folder = new TestFolder();
        var arguments = Prepare(folder);
        arguments[1] = folder.Write("long.json", """
            { "title": "Long", "seeds": 2, "data": [ { "name": "blobs" } ],
              "systems": [ { "label": "AE+KM", "method": "AutoencoderKMeans", "options": { "HiddenLayers": [8], "PretrainingEpochs": 300, "KMeansRestarts": 2 } } ] }
            """);
        arguments = [.. arguments, "--seeds", "1", "--verbose"];
        var results = Path.Combine(folder.Path, "results");
        using (var runner = Start(arguments))
        {
            // The first is written before the first epoch.
            var written = new HashSet<DateTime>();
            while (written.Count < 3 && !runner.HasExited)
            {
                written.UnionWith(Checkpoints(results).Select(File.GetLastWriteTimeUtc));
                Thread.Sleep(2);
            }

            runner.Kill();
            runner.WaitForExit();
        }

        Assert.IsEmpty(Results(results));
        Assert.HasCount(1, Checkpoints(results));
        // The killed runner's process ends by itself, and holds the checkpoint no longer.
        var checkpoint = File.ReadAllBytes(Checkpoints(results).Single());
        var (code, output) = Finish(Start(arguments));
        Assert.AreEqual(0, code, output);
        StringAssert.Contains(output, "Training is taken up from");
        Assert.IsEmpty(Checkpoints(results));
        var resumed = JsonFormat.Read<RunResult>(Results(results).Single());
        Assert.HasCount(300, resumed.Course!.Epochs);
        Assert.IsGreaterThanOrEqualTo(resumed.Course.Epochs.Sum(e => e.Seconds), resumed.Seconds);

        string[] whole = [.. arguments];
        whole[Array.IndexOf(whole, results)] = Path.Combine(folder.Path, "whole");
        Assert.AreEqual(0, Finish(Start(whole)).Code);
        CollectionAssert.AreEqual(Losses(Path.Combine(folder.Path, "whole")), Losses(results));

        // A checkpoint of another run, and one that is damaged, lose no run.
        var second = new ResultStore(results).CheckpointPath(resumed.Job with { Seed = 2 });
        arguments[Array.IndexOf(arguments, "1")] = "2";
        foreach (var content in new[] { checkpoint, checkpoint[..^100] })
        {
            File.WriteAllBytes(second, content);
            var (again, said) = Finish(Start(arguments));
            Assert.AreEqual(0, again, said);
            StringAssert.Contains(said, "begins anew");
            Assert.IsEmpty(Checkpoints(results));
            Assert.HasCount(2, Losses(results));
            File.Delete(Results(results).Single(r => JsonFormat.Read<RunResult>(r).Job.Seed == 2));
        }
    }

    [TestMethod]
    [TestCategory("Slow")]
    public void Run_RowsThatPretrainAlike_PretrainOnceWithTheLossesOfRunsAlone()
    {
        using var folder = new TestFolder();
        var arguments = Prepare(folder);
        arguments[^1] = "1";
        arguments[1] = folder.Write("alike.json", """
            { "title": "Alike", "seeds": 1, "data": [ { "name": "blobs" } ],
              "options": { "HiddenLayers": [8], "EmbeddingSize": 3, "PretrainingEpochs": 3, "NumberOfEpochs": 2 },
              "systems": [ { "label": "first", "method": "Dec" }, { "label": "second", "method": "Idec" }, { "label": "third", "method": "Idec", "options": { "ClusteringWeight": 0.5 } } ] }
            """);
        var (code, output) = Finish(Start([.. arguments, "--verbose"]));
        Assert.AreEqual(0, code, output);
        Assert.HasCount(2, output.Split("pretraining epoch 3/3"), output);
        var (results, alone) = (arguments[^3], Path.Combine(folder.Path, "alone"));
        Assert.HasCount(1, Directory.GetFiles(Path.Combine(results, "pretrained")));
        foreach (var label in new[] { "first", "second", "third" })
        {
            arguments[^3] = alone;
            Assert.AreEqual(0, Finish(Start([.. arguments, "--rows", label])).Code);
            Directory.Delete(Path.Combine(alone, "pretrained"), recursive: true);
        }

        CollectionAssert.AreEqual(Losses(results).Order().ToArray(), Losses(alone).Order().ToArray());
    }

    [TestMethod]
    [TestCategory("Slow")]
    public void Run_OnASilo_HasTheLossesOfRunsOnThisMachine()
    {
        using var folder = new TestFolder();
        var arguments = Prepare(folder);
        arguments[1] = folder.Write("cluster.json", """
            { "title": "Cluster", "seeds": 2, "data": [ { "name": "blobs" } ],
              "systems": [ { "label": "IDEC", "method": "Idec", "options": { "PretrainingEpochs": 2, "NumberOfEpochs": 2 } } ] }
            """);
        var (code, said) = Finish(Start([.. arguments, "--orleans", "nowhere"]));
        Assert.AreEqual(1, code);
        StringAssert.Contains(said, "--orleans is nowhere; it must be HOST:PORT");

        // The sample's gateway is as far from its port as the usual one.
        var port = FreePort();
        using var silo = SampleProgram.Start("Cluster", "silo", "--port", $"{port}", "--first", $"{port}");
        Assert.IsNotNull(silo.LineWith("The silo is up"));
        var (onSilo, output) = Finish(Start([.. arguments, "--orleans", $"127.0.0.1:{port + 30000 - 11111}", "--orleans-storage", Path.Combine(folder.Path, "storage")]));
        Assert.AreEqual(0, onSilo, output);
        var there = Losses(Path.Combine(folder.Path, "results"));
        Assert.HasCount(2, Directory.GetFiles(Path.Combine(folder.Path, "storage", "runs"), "*.finished"));
        arguments[^3] = Path.Combine(folder.Path, "here");
        Assert.AreEqual(0, Finish(Start(arguments)).Code);
        Assert.HasCount(2, there);
        CollectionAssert.AreEqual(Losses(arguments[^3]), there);
    }

    [TestMethod]
    [TestCategory("Slow")]
    public void Report_Images_ShowsWhatTheCentroidsAreDecodedTo()
    {
        using var folder = new TestFolder();
        // 30 images of 4 x 5 pixels.
        var pixels = Enumerable.Range(0, 30 * 20).Select(i => (byte)(i / 20 % 3 == i % 3 ? 200 + i / 20 : i % 7));
        File.WriteAllBytes(Path.Combine(folder.Path, "t10k-images-idx3-ubyte"), [0, 0, 8, 3, 0, 0, 0, 30, 0, 0, 0, 4, 0, 0, 0, 5, .. pixels]);
        File.WriteAllBytes(Path.Combine(folder.Path, "t10k-labels-idx1-ubyte"), [0, 0, 8, 1, 0, 0, 0, 30, .. Enumerable.Range(0, 30).Select(i => (byte)(i % 3))]);
        var experiment = folder.Write("images.json", """
            { "title": "Images", "seeds": 1, "data": [ { "name": "mnist-test", "low": 0 } ],
              "systems": [ { "label": "DynAE", "method": "DynamicAutoencoder", "options": { "Network": "MultilayerPerceptron", "PretrainingEpochs": 1, "NumberOfEpochs": 2 } } ] }
            """);
        string[] arguments = [experiment, "--data", $"mnist-test={folder.Path}", "--results", Path.Combine(folder.Path, "results")];
        var (made, output) = Finish(Start(["run", .. arguments]));
        Assert.AreEqual(0, made, output);
        var page = Path.Combine(folder.Path, "report.html");
        var (reported, said) = Finish(Start(["report", .. arguments, "--output", page]));
        Assert.AreEqual(0, reported, said);
        var html = File.ReadAllText(page);
        foreach (var part in new[] { "What the centroid of cluster 3 is decoded to", "Conflicted rows, clustering" })
            StringAssert.Contains(html, part);
    }

    [TestMethod]
    [TestCategory("Slow")]
    public void Report_NoFinishedRun_SaysWhatToDo()
    {
        using var folder = new TestFolder();
        var arguments = Prepare(folder);
        var (code, output) = Finish(Start(["report", .. arguments[1..^2]]));
        Assert.AreEqual(1, code);
        StringAssert.Contains(output, "no finished run");
    }

    [TestMethod]
    public void Run_NoSuchExperiment_SaysWhichThereAre()
    {
        var (code, output) = Finish(Start(["run", "no-such"]));
        Assert.AreEqual(1, code);
        StringAssert.Contains(output, "no-such");
        StringAssert.Contains(output, "pr24-ddc");
    }

    private static string[] Prepare(TestFolder folder)
    {
        var random = new Random(1);
        var lines = Enumerable.Range(0, 60).Select(i => string.Join(' ', Enumerable.Range(0, 8)
            .Select(j => ((j % 3 == i % 3 ? 1 : 0) + 0.1 * random.NextDouble()).ToString(CultureInfo.InvariantCulture)).Prepend($"{i % 3}")));
        folder.Write("blobs.txt", string.Join('\n', lines));
        var experiment = folder.Write("blobs.json", Content);
        return ["run", experiment, "--data", $"blobs={folder.Path}", "--results", Path.Combine(folder.Path, "results"), "--processes", "2"];
    }

    // One whose gateway is a port too.
    private static int FreePort()
    {
        for (var port = 12000 + Environment.ProcessId % 20000; ; port++)
        {
            try
            {
                using var first = new TcpListener(IPAddress.Loopback, port);
                using var second = new TcpListener(IPAddress.Loopback, port + 30000 - 11111);
                first.Start();
                second.Start();
                return port;
            }
            catch (SocketException)
            {
            }
        }
    }

    private static double[] Losses(string folder) => [.. Results(folder).Select(JsonFormat.Read<RunResult>).OrderBy(r => r.Job.Seed).Select(r => r.Loss!.Value)];

    private static string[] Checkpoints(string folder) => Directory.Exists(folder) ? Directory.GetFiles(folder, "*.checkpoint") : [];

    private static string[] Results(string folder) => Directory.Exists(folder) ? Directory.GetFiles(folder, "*.json") : [];

    private static Process Start(string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments.Prepend(TestPaths.ExperimentsProgram))
            start.ArgumentList.Add(argument);
        return Process.Start(start)!;
    }

    private static (int Code, string Output) Finish(Process process)
    {
        using (process)
        {
            var error = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd() + error.Result;
            process.WaitForExit();
            return (process.ExitCode, output);
        }
    }
}
