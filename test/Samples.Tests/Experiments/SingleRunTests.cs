using System.Text.Json;
using Experiments;
using Microsoft.ML.DeepClustering;

namespace Samples.Tests.Experiments;

[TestClass]
public sealed class SingleRunTests
{
    private static readonly LabelledRows Rows = new([2], [.. Enumerable.Range(0, 30).Select(i => new[] { i % 3, i % 3 + i * 0.01f })], [.. Enumerable.Range(0, 30).Select(i => i % 3)]);

    [TestMethod]
    public void Execute_RunsThatDiverge_GiveAResultWithoutAModel()
    {
        var (model, result) = SingleRun.Execute(Job(1e30), Rows, _ => { });
        Assert.IsNull(model);
        StringAssert.Contains(result.Failure, "Training gave no model");
    }

    [TestMethod]
    public void Execute_FaultThatMayGoAway_GivesNoResult()
        => StringAssert.Contains(Assert.Throws<InvalidOperationException>(() => SingleRun.Execute(Job(1e-3), Rows, _ => { }, new FullDisk())).Message, "the disk is full");

    private static Job Job(double rate)
    {
        var experiment = JsonSerializer.Deserialize<Experiment>(
            FormattableString.Invariant($$"""{ "title": "t", "data": [ { "name": "x" } ], "systems": [ { "label": "a", "method": "Idec", "options": { "NumberOfClusters": 3, "PretrainingEpochs": 1, "NumberOfEpochs": 3, "LearningRate": {{rate}} } } ] }"""),
            JsonFormat.Options)!;
        return new("Idec", MethodOptions.Resolve(experiment.Rows().Single(), 3, 1, null), 1, new("x"), "");
    }

    private sealed class FullDisk : RunExecutor
    {
        public override Task ExecuteAsync(RunBatch batch, CancellationToken cancellationToken) => Task.FromException(new InvalidOperationException("On the silo a, the run failed: the disk is full."));
    }
}
