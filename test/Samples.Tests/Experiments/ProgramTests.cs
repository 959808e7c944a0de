using System.Diagnostics;

namespace Samples.Tests.Experiments;

/// <summary>What the program says of a command that it does not carry out.</summary>
[TestClass]
public sealed class ProgramTests
{
    [TestMethod]
    [DataRow("--threads 0", "--threads is 0; it must be 1 or more.")]
    [DataRow("--seeds 0", "--seeds is 0; it must be 1 or more.")]
    [DataRow("--bogus 3", "There is no option --bogus; run --help names those that there are.")]
    [DataRow("--rows usps --bogus 3", "There is no option --bogus;")]
    [DataRow("--data usps=a --bogus 3", "There is no option --bogus;")]
    [DataRow("--data usps=. usps=..", "--data names usps twice, . and ..; give one folder.")]
    [DataRow("--data usps=/nope", "--data is usps=/nope, but there is no folder ")]
    [DataRow("--data usps", "--data is usps; it must be NAME=FOLDER.")]
    [DataRow("--rows nope", "--rows is nope; no row of the experiments has that in its name.")]
    public void Run_FaultyArguments_SaysWhichAndWhatIsAllowed(string arguments, string fault)
    {
        var (code, output) = Run(["run", "unseen", .. arguments.Split(' ')]);
        Assert.AreEqual(1, code, output);
        StringAssert.Contains(output, $"Error: {fault}");
    }

    [TestMethod]
    [DataRow("run unseen --rows nope --bogus=3", "There is no option --bogus=3;")]
    [DataRow("report unseen --bogus 3", "There is no option --bogus; report --help names those that there are.")]
    [DataRow("run unseen --rows ''", "--rows is empty, which all rows have; give it a text, or leave it out.")]
    [DataRow("run unseen --rows usps --results ''", "--results is empty; give it a path, or leave it out.")]
    [DataRow("report unseen --rows usps --output ''", "--output is empty;")]
    [DataRow("report unseen --rows usps --pictures ''", "--pictures is empty;")]
    [DataRow("figures --results ''", "--results is empty;")]
    [DataRow("figures --output ''", "--output is empty;")]
    public void Commands_FaultyArguments_SayWhichAndWhatIsAllowed(string arguments, string fault)
    {
        var (code, output) = Run(Array.ConvertAll(arguments.Split(' '), a => a.Trim('\'')));
        Assert.AreEqual(1, code, output);
        StringAssert.Contains(output, $"Error: {fault}");
    }

    [TestMethod]
    public void Run_TooFewRowsForTheClusters_EndsWith1EachTime()
    {
        using var folder = new TestFolder();
        folder.Write("few.txt", "0 1 2\n1 2 3\n2 5 7\n");
        var experiment = folder.Write("few.json", """
            { "title": "t", "seeds": 1, "data": [ { "name": "few" }, { "name": "blobs-1-1" } ], "systems": [ { "label": "KM", "method": "KMeans", "options": { "NumberOfClusters": 10 } } ] }
            """);
        foreach (var made in new[] { "1 runs, 0 of them", "1 runs, 1 of them" })
        {
            var (code, output) = Run(["run", experiment, "--data", $"few={folder.Path}", "--results", Path.Combine(folder.Path, "results")]);
            Assert.AreEqual(1, code, output);
            StringAssert.Contains(output, made);
            StringAssert.Contains(output, "KM on few, seed 1: no model, ");
            StringAssert.Contains(output, "the data set blobs-1-1 is not there; blobs-K-D is drawn for");
        }
    }

    [TestMethod]
    public void Run_ResultsThatAreAFile_SaysWhatToDo()
    {
        using var folder = new TestFolder();
        var file = folder.Write("results", "");
        var (code, output) = Run(["run", "unseen", "--rows", "blobs-4-2", "--results", file]);
        Assert.AreEqual(1, code, output);
        StringAssert.Contains(output, $"Error: {file} cannot be made a folder for the results; name another one with --results.");
    }

    [TestMethod]
    public void Run_DataThatAreNotThere_EndsWith0()
    {
        using var folder = new TestFolder();
        var experiment = folder.Write("absent.json", """{ "title": "t", "data": [ { "name": "absent" } ], "systems": [ { "label": "KM", "method": "KMeans" } ] }""");
        var (code, output) = Run(["run", experiment, "--results", Path.Combine(folder.Path, "results")]);
        Assert.AreEqual(0, code, output);
        StringAssert.Contains(output, "Skipped: the data set absent is not there; give --data absent=FOLDER, a folder with absent.txt, gzipped or not.");
    }

    private static (int Code, string Output) Run(string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments.Prepend(TestPaths.ExperimentsProgram))
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd() + error.Result;
        process.WaitForExit();
        return (process.ExitCode, output);
    }
}
