using Microsoft.ML.DeepClustering.Tests.Documentation;
using Microsoft.ML.DeepClustering.Tests.Support;
using Samples;

namespace Microsoft.ML.DeepClustering.Tests.Selection;

/// <summary>A scan of USPS digits, where the data lie in shared/data beside the repository.</summary>
[TestClass]
public sealed class RealDigitsTests
{
    [TestMethod]
    [TestCategory("Slow")]
    public void Scan_Usps_SuggestsSomeNumberAndCallsItWeak()
    {
        var file = Path.GetFullPath(Path.Combine(ReadmeTests.Root, "../shared/data/usps/zip.train.gz"));
        // The data are not part of the repository.
        if (!File.Exists(file))
            Assert.Inconclusive($"{file} is missing; put the training file of USPS there.");
        var images = ImageFiles.ReadUsps(file).Take(1500);
        var ml = new MLContext(seed: 1);
        var rows = images.Pixels.Select(p => new TestRow { Features = Array.ConvertAll(p, v => (v + 1) / 2) }).ToArray();
        var options = new AutoencoderKMeansOptions { PretrainingEpochs = 15, BatchSize = 128, Seed = 1 };
        var scan = ml.Clustering.ScanNumberOfClusters(TestRows.View(ml, rows, images: false), options, from: 2, to: 12);

        // Autoencoders do not draw the ten digits apart: the silhouette is low for every number, and neighbours are hardly told apart.
        Assert.IsTrue(scan.SuggestedNumberOfClusters is >= 5 and <= 12, scan.ToString());
        StringAssert.Contains(scan.Reason, "take the suggestion as weak");
        Assert.IsTrue(scan.Results.All(r => r.Silhouette is > 0.1 and < 0.25 && r.Stability is > 0.3 and < 0.95), scan.ToString());
    }
}
