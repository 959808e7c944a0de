namespace Microsoft.ML.DeepClustering.Tests.Documentation;

/// <summary>Runs each program of the README and compares what it prints with what the README shows.</summary>
[TestClass]
public sealed class ReadmeExampleTests
{
    private const double Tolerance = 0.05;
    private const string Model = "discs.zip";
    private const string Table = "customers.csv";
    private const string Checkpoint = "discs.checkpoint";

    private static readonly Disc[] Discs = Disc.Draw(count: 300);

    [TestMethod]
    public void FirstAndServing_WhenRun_PrintWhatTheReadmeShows()
    {
        var (first, serving) = (new ExampleConsole(), new ExampleConsole());
        var (ml, data, model) = FirstExample.Run(Discs, first);
        using (model)
        {
            first.AssertShown(nameof(FirstExample), Tolerance);
            // The model goes on after an engine that does not own it.
            ml.Model.CreatePredictionEngine<Disc, ServingExample.Clustered>(model, new PredictionEngineOptions { OwnsTransformer = false }).Dispose();
            try
            {
                var loaded = ServingExample.Run(ml, data, model, Discs, serving);
                serving.AssertShown(nameof(ServingExample), Tolerance);
                // The engine has disposed of the model that it was made for, as the README says.
                Assert.ThrowsExactly<ObjectDisposedException>(() => loaded.Transform(data));
            }
            finally
            {
                File.Delete(Model);
            }
        }
    }

    [TestMethod]
    public void Table_WhenRun_FindsTheGroups()
    {
        File.WriteAllText(Table, TableExample.Draw());
        try
        {
            TableExample.Run(new MLContext(seed: 1));
        }
        finally
        {
            File.Delete(Table);
        }
    }

    [TestMethod]
    public void Scan_WhenRun_PrintsWhatTheReadmeShows() => AssertShown(nameof(ScanExample), ScanExample.Run);

    [TestMethod]
    public void Mismatch_WhenRun_PrintsWhatTheReadmeShows() => AssertShown(nameof(MismatchExample), MismatchExample.Run);

    [TestMethod]
    public void LongTraining_StoppedAndRunAgain_PrintsWhatTheReadmeShows()
    {
        const int Epochs = 3 * 20;
        File.Delete(Checkpoint);
        try
        {
            var (ml, data) = Load();
            using var stop = new CancellationTokenSource();
            var epochs = 0;
            ml.Log += (_, e) =>
            {
                if (e.Message.Contains(" epoch ", StringComparison.Ordinal) && ++epochs == Epochs / 2)
                    stop.Cancel();
            };
            var (stopped, ended) = (new ExampleConsole(), new ExampleConsole());
            Assert.Throws<OperationCanceledException>(() => LongTrainingExample.Run(ml, data, stop.Token, stopped));
            LongTrainingExample.Run(ml, data, CancellationToken.None, ended);
            ended.AssertShown(nameof(LongTrainingExample), Tolerance);
            // At most the epochs in hand were lost.
            Assert.IsInRange(Epochs, Epochs + 2, epochs);
        }
        finally
        {
            File.Delete(Checkpoint);
        }
    }

    private static void AssertShown(string example, Action<MLContext, IDataView, ExampleConsole> run)
    {
        var (ml, data) = Load();
        var console = new ExampleConsole();
        run(ml, data, console);
        console.AssertShown(example, Tolerance);
    }

    private static (MLContext Context, IDataView Data) Load()
    {
        var ml = new MLContext(seed: 1);
        return (ml, ml.Data.LoadFromEnumerable(Discs));
    }
}
