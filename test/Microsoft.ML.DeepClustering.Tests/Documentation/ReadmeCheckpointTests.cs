using Microsoft.ML.DeepClustering.Checkpoints;

namespace Microsoft.ML.DeepClustering.Tests.Documentation;

[TestClass]
public sealed class ReadmeCheckpointTests
{
    private const string Checkpoint = "discs.checkpoint";

    [TestMethod]
    public void Example_StoppedAndRunAgain_EndsTheTraining()
    {
        File.Delete(Checkpoint);
        try
        {
            var ml = new MLContext(seed: 1);
            var data = ml.Data.LoadFromEnumerable(ReadmeExample.DrawDiscs(count: 300));
            using var stop = new CancellationTokenSource();
            var epochs = 0;
            ml.Log += (_, e) =>
            {
                if (e.Message.Contains(" epoch ", StringComparison.Ordinal) && ++epochs == 4)
                    stop.Cancel();
            };
            Assert.Throws<OperationCanceledException>(() => ReadmeCheckpointExample.Run(ml, data, stop.Token));
            Assert.HasCount(10, ReadmeCheckpointExample.Run(ml, data, CancellationToken.None).BestRun.Epochs);
            Assert.IsLessThanOrEqualTo(12, epochs);
        }
        finally
        {
            File.Delete(Checkpoint);
        }
    }
}
