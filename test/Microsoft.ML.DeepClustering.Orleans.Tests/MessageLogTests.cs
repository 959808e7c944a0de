using Microsoft.ML.DeepClustering.Orleans.Grains;
using Microsoft.ML.DeepClustering.Orleans.Workers;

namespace Microsoft.ML.DeepClustering.Orleans.Tests;

[TestClass]
public sealed class MessageLogTests
{
    private static readonly Guid Attempt = Guid.NewGuid();

    [TestMethod]
    public void Since_FarMoreProgressThanTexts_HasAllTextsAndTheNewestProgressInOrder()
    {
        var log = new MessageLog(Attempt);
        for (var i = 1; i <= 5000; i++)
        {
            log.Report(Progress(i));
            if (i % 100 == 0)
                log.Report(new($"line {i}"));
        }

        var (texts, _) = log.Since(default, withProgress: false);
        Assert.HasCount(50, texts);
        Assert.AreEqual("line 100", RunMessage.Parse(texts[0]).Text);
        var all = log.Since(default, withProgress: true).Messages.Select(RunMessage.Parse).ToArray();
        Assert.HasCount(2050, all);
        Assert.AreEqual(5000, all[^2].Progress!.Epoch);
        Assert.AreEqual("line 5000", all[^1].Text);
    }

    [TestMethod]
    public void Since_APosition_HasWhatCameAfterIt()
    {
        var log = new MessageLog(Attempt);
        log.Report(new("one"));
        log.Report(Progress(1));
        var (_, heard) = log.Since(default, withProgress: false);
        log.Report(new("two"));
        log.Report(Progress(2));
        CollectionAssert.AreEqual(new[] { "two", null }, log.Since(heard, withProgress: true).Messages.Select(m => RunMessage.Parse(m).Text).ToArray());
        Assert.IsEmpty(log.Since(log.Since(heard, true).Position, true).Messages);
        Assert.HasCount(4, log.Since(new RunPosition(Guid.NewGuid(), 3), true).Messages, "Another attempt's position says nothing.");
    }

    private static RunMessage Progress(int epoch) => new(Progress: new(1, 1, "clustering", epoch, 5000, 1, 1, null));
}
