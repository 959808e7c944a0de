using System.Xml.Linq;

namespace Microsoft.ML.DeepClustering.Tests.Documentation;

/// <summary>What all trainers have in common is written once; each of their methods leads there.</summary>
[TestClass]
public sealed class TrainerRemarksTests
{
    private static readonly XElement[] Members =
        [.. XDocument.Load(Path.ChangeExtension(typeof(DeepClusteringTrainer).Assembly.Location, ".xml")).Descendants("member")];

    [TestMethod]
    public void Trainers_EachOfTheirMethods_LeadToTheCharacteristics()
    {
        var methods = Members.Where(m => Name(m).Contains("(Microsoft.ML.ClusteringCatalog.ClusteringTrainers,", StringComparison.Ordinal)).ToArray();
        Assert.IsGreaterThan(20, methods.Length);
        foreach (var method in methods.Where(m => Name(m).StartsWith("M:Microsoft.ML.", StringComparison.Ordinal) && !Name(m).Contains("Trainer.Create", StringComparison.Ordinal)))
            Assert.AreEqual("T:Microsoft.ML.DeepClustering.DeepClusteringTrainer", method.Element("remarks")?.Element("see")?.Attribute("cref")?.Value, Name(method));
    }

    [TestMethod]
    public void Trainer_Remarks_AnswerWhatMachineLearningNetAnswers()
    {
        var rows = Members.Single(m => Name(m) == "T:Microsoft.ML.DeepClustering.DeepClusteringTrainer").Descendants("item").ToDictionary(i => i.Element("term")!.Value, i => i.Element("description")!.Value);
        var info = new MLContext().Clustering.Trainers.Idec().Info;
        Assert.AreEqual(info.NeedNormalization, rows["Is normalization required?"].StartsWith("yes", StringComparison.Ordinal));
        Assert.AreEqual(info.WantCaching, rows["Is caching required?"].StartsWith("yes", StringComparison.Ordinal));
        foreach (var term in new[] { "Machine learning task", "Required NuGet packages in addition to Microsoft.ML", "Exportable to ONNX", "PredictedLabel", "Score", "Probability", "Embedding" })
            Assert.IsNotEmpty(rows[term]);
    }

    private static string Name(XElement member) => (string)member.Attribute("name")!;
}
