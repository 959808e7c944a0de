using Microsoft.ML.DeepClustering.Data;
using Microsoft.ML.DeepClustering.Tests.Support;
using Microsoft.ML.DeepClustering.Training;
using Microsoft.ML.DeepClustering.Training.Listeners;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Tests.Training;

/// <summary>What the log says of a phase before it is trained and after its first steps.</summary>
[TestClass]
public sealed class LogListenerTests
{
    // 60 rows in batches of 20.
    private const int Batches = 3;

    [TestMethod]
    [DataRow(41, "toy: at the speed of the first steps the 102 that are left take about 1 s.")]
    [DataRow(40, null)]
    public void OnBatchEnd_AfterTheFirstSteps_ForecastsALongPhaseOnce(int epochs, string? forecast)
    {
        var lines = Lines(run: 1, runs: 1, epochs);

        Assert.AreEqual($"toy: at most {3 * epochs} steps, 3 an epoch, of up to 20 rows.", lines[0]);
        CollectionAssert.AreEqual(forecast is null ? [] : new[] { forecast }, lines.Skip(1).ToArray());
    }

    [TestMethod]
    public void OnStart_OneOfSeveralRuns_NamesTheRun()
        => StringAssert.StartsWith(Lines(run: 2, runs: 3, epochs: 1).Single(), "run 2/3, toy: at most 3 steps, 3 an epoch");

    private static List<string> Lines(int run, int runs, int epochs)
    {
        var lines = new List<string>();
        var options = ToyTraining.Options();
        options.NumberOfEpochs = epochs;
        using var method = options.CreateMethod(new InputShape([4]));
        using var generator = new Generator(1);
        using var data = new MemoryRows(zeros(new long[] { 60, 4 }));
        var phase = method.Phases(new TrainingContext(data, generator, _ => { }, _ => { }, CancellationToken.None)).First();
        var listener = new LogListener(run, runs, lines.Add);
        listener.OnStart(phase, data.Count);
        for (var step = 0; step < epochs * Batches; step++)
            listener.OnBatchEnd(phase, step / Batches + 1, step % Batches + 1, Batches);
        return lines;
    }
}
