using Microsoft.ML.DeepClustering.Methods;
using Microsoft.ML.DeepClustering.Tests.Support;

namespace Microsoft.ML.DeepClustering.Tests.Estimators;

/// <summary>Every method on everything that no method takes: one clear error, and no training before it.</summary>
[TestClass]
public sealed class RejectedDataTests
{
    public static IEnumerable<object[]> Cases
        => RejectedData.All.Keys.SelectMany(name => MethodNames.OptionTypes.Keys.Select(method => new object[] { name, method }));

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void Fit_DataThatCannotBeUsed_SaysWhyBeforeAnyTraining(string data, string method)
    {
        var ml = new MLContext(seed: 1);
        var rejected = RejectedData.All[data];
        var options = TestMethods.Options(method);
        options.Progress = new Reporter(_ => Assert.Fail("A batch was trained."));
        rejected.Change?.Invoke(options);
        var error = Assert.Throws<Exception>(() => TestMethods.Trainer(ml, options).Fit(rejected.View(ml)));
        if (rejected.Error != typeof(Exception))
            Assert.AreEqual(rejected.Error, error.GetType(), error.ToString());
        foreach (var part in rejected.Parts)
            StringAssert.Contains(error.Message, part);
    }

    [TestMethod]
    public void Fit_CancelledWhileTheDataAreRead_EndsAtTheNextRow()
    {
        var ml = new MLContext(seed: 1);
        using var source = new CancellationTokenSource();
        var read = 0;
        var options = TestMethods.Options("Idec");
        options.CancellationToken = source.Token;
        var view = ml.Data.LoadFromEnumerable(Rows(), TestRows.Schema(6));
        Assert.ThrowsExactly<OperationCanceledException>(() => TestMethods.Trainer(ml, options).Fit(view));
        Assert.AreEqual(5, read);

        IEnumerable<TestRow> Rows()
        {
            foreach (var row in TestVectors.Rows(TestVectors.Make(60, 6)))
            {
                if (++read == 5)
                    source.Cancel();
                yield return row;
            }
        }
    }
}
