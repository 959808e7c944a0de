using Microsoft.ML.DeepClustering.Tests.Processes;

namespace Microsoft.ML.DeepClustering.Tests.Persistence;

[TestClass]
public sealed class ReflectionFreeTests
{
    [TestMethod]
    public void SaveLoadAndResume_JsonByReflectionIsOff_Work()
    {
        var folder = Directory.CreateTempSubdirectory("deep-clustering-");
        try
        {
            var (code, output) = ChildProcess.Finish("reflection-free", [folder.FullName]);
            Assert.AreEqual((0, "without reflection|Idec, 3 epochs|the same scores|the difference is named"), (code, output.Replace("\r", "").Replace('\n', '|')));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
