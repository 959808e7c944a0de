using Microsoft.ML.DeepClustering.Methods;
using Microsoft.ML.DeepClustering.Tests.Support;

namespace Microsoft.ML.DeepClustering.Tests.Lifetime;

/// <summary>What a trained model holds besides its weights.</summary>
[TestClass]
public sealed class KeptMemoryTests
{
    public static IEnumerable<object[]> Methods => MethodNames.OptionTypes.Keys.Select(name => new object[] { name });

    [TestMethod]
    [DynamicData(nameof(Methods))]
    public void Fit_TrainedModel_KeepsNoGradients(string method)
    {
        var ml = new MLContext(seed: 1);
        using var model = TestMethods.Trainer(ml, method).Fit(TestRows.View(ml, TestRows.Make(20, size: 6), images: false));
        foreach (var parameter in model.Trained.Method.parameters())
            Assert.IsNull(parameter.grad);
    }
}
