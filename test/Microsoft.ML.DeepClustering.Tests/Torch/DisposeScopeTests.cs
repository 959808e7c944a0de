using Microsoft.ML.DeepClustering.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Tests.Torch;

/// <summary>A dispose scope of the calling program owns the program's tensors, all of them, and none of the library's.</summary>
[TestClass]
[DoNotParallelize]
public sealed class DisposeScopeTests
{
    private static readonly MLContext Ml = new(seed: 1);

    private static readonly TestRow[] Rows = TestRows.Make(24, 6);

    private static long Live => DisposeScopeManager.Statistics.ThreadTotalLiveCount;

    [TestMethod]
    public void Fit_ScopeHasEnded_ModelLivesUntilItIsDisposed()
    {
        var before = Live;
        DeepClusteringTransformer model;
        using (var scope = NewDisposeScope())
        {
            model = TestMethods.Trainer(Ml, "Dec").Fit(View());
            Assert.AreEqual(0, scope.DisposablesCount);
        }

        Assert.HasCount(Rows.Length, TestRows.Scored(Ml, model.Transform(View())));
        using var stream = new MemoryStream();
        Ml.Model.Save(model, View().Schema, stream);
        using (var again = (IDisposable)Ml.Model.Load(stream, out _))
            Assert.IsGreaterThan(before, Live);
        model.Dispose();
        Assert.AreEqual(before, Live);
    }

    [TestMethod]
    public void Load_ScopeHasEnded_ModelLivesUntilItIsDisposed()
    {
        using var stream = new MemoryStream();
        float[] expected;
        using (var model = TestMethods.Trainer(Ml, "Ddc").Fit(View()))
        {
            expected = Scores(model);
            Ml.Model.Save(model, View().Schema, stream);
        }

        var before = Live;
        DeepClusteringTransformer loaded;
        using (var scope = NewDisposeScope())
        {
            loaded = (DeepClusteringTransformer)Ml.Model.Load(stream, out _);
            Assert.AreEqual(0, scope.DisposablesCount);
        }

        CollectionAssert.AreEqual(expected, Scores(loaded));
        loaded.Dispose();
        Assert.AreEqual(before, Live);
    }

    [TestMethod]
    public void Dispose_WithinAnotherScope_FreesAll()
    {
        var before = Live;
        var model = TestMethods.Trainer(Ml, "Idec").Fit(View());
        using (NewDisposeScope())
            model.Dispose();
        Assert.AreEqual(before, Live);
    }

    [TestMethod]
    public void Score_BatchByBatchWithinScopes_NeedsNoneOfThem()
    {
        using var model = TestMethods.Trainer(Ml, "DeepKMeans").Fit(View());
        var scored = model.Transform(View());
        var outer = NewDisposeScope();
        using var cursor = scored.GetRowCursor(scored.Schema);
        Assert.IsTrue(cursor.MoveNext());
        outer.Dispose();
        using (NewDisposeScope())
            Assert.IsTrue(cursor.MoveNext());
    }

    [TestMethod]
    public void Progress_TensorsThatAreMade_BelongToTheCallersScope()
    {
        var losses = new List<Tensor>();
        using (var scope = NewDisposeScope())
        {
            Fit(new Reporter(p => losses.Add(tensor(p.Batch))));
            Assert.AreEqual(losses.Count, scope.DisposablesCount);
            Assert.IsGreaterThan(1.0, losses.Aggregate((a, b) => a.Plus(b)).item<int>());
        }

        Assert.IsTrue(losses.TrueForAll(t => t.IsInvalid));
    }

    [TestMethod]
    public void Progress_TensorsThatAreMadeWithoutAScope_LiveOn()
    {
        var losses = new List<Tensor>();
        Fit(new Reporter(p => losses.Add(tensor(p.Batch))));
        Assert.IsFalse(losses.Exists(t => t.IsInvalid));
        losses.ForEach(t => t.Dispose());
    }

    [TestMethod]
    public void Progress_ThatThrowsAfterATensor_LeavesItToTheCaller()
    {
        Tensor? made = null;
        using var scope = NewDisposeScope();
        Assert.ThrowsExactly<NotSupportedException>(() => Fit(new Reporter(_ =>
        {
            made = ones(2);
            throw new NotSupportedException();
        })));
        Assert.IsFalse(made!.IsInvalid);
        Assert.AreEqual(1, scope.DisposablesCount);
    }

    [TestMethod]
    [DataRow(false, false)]
    [DataRow(false, true)]
    [DataRow(true, false)]
    [DataRow(true, true)]
    public void Progress_Modes_AreTheCallers(bool infers, bool hasGradients)
    {
        var seen = new HashSet<(bool, bool)>();
        using var inference = inference_mode(infers);
        using var gradients = set_grad_enabled(hasGradients);
        Fit(new Reporter(_ => seen.Add((is_inference_mode_enabled(), is_grad_enabled()))));
        Assert.AreEqual((infers, hasGradients), seen.Single());
    }

    [TestMethod]
    public void Log_Handler_RunsInTheCallersState()
    {
        var ml = new MLContext(seed: 1);
        var made = new List<Tensor>();
        ml.Log += (_, _) => made.Add(ones(1));
        using var gradientsOff = no_grad();
        using var scope = NewDisposeScope();
        using (TestMethods.Trainer(ml, "Dec").Fit(View()))
            Assert.IsFalse(made.Exists(t => t.IsInvalid || t.requires_grad));
        Assert.AreEqual(made.Count, scope.DisposablesCount);
        Assert.IsNotEmpty(made);
    }

    [TestMethod]
    public void Fit_SourceThatComputesWithTorchSharp_KeepsItsTensorsAndModes()
    {
        using var weights = ones(6);
        var kept = new List<Tensor>();
        var modes = new HashSet<bool>();
        var source = Ml.Data.LoadFromEnumerable(Rows.Select(Scaled), TestRows.Schema(6));
        using var gradientsOff = no_grad();
        using (TestMethods.Trainer(Ml, "Dcn").Fit(source))
            Assert.IsFalse(kept.Exists(t => t.IsInvalid));
        Assert.IsFalse(modes.Single());
        kept.ForEach(t => t.Dispose());

        TestRow Scaled(TestRow row)
        {
            modes.Add(is_grad_enabled());
            var scaled = weights * tensor(row.Features);
            kept.Add(scaled);
            return new TestRow { Features = scaled.data<float>().ToArray(), Label = row.Label };
        }
    }

    [TestMethod]
    public void Train_OwnNetworkAroundIt_LearnsAsWithoutIt()
    {
        float[] Learn(bool clusters)
        {
            manual_seed(5);
            using var scope = NewDisposeScope();
            var network = nn.Sequential(nn.Linear(6, 4), nn.Dropout(0.5), nn.Linear(4, 1));
            using var optimizer = optim.Adam(network.parameters(), 0.01);
            var input = randn(16, 6);
            for (var step = 0; step < 3; step++)
            {
                var loss = network.forward(input).Squared().mean();
                if (clusters)
                    TestMethods.Trainer(Ml, "DdcUco").Fit(View()).Dispose();
                optimizer.zero_grad();
                loss.backward();
                optimizer.step();
            }

            return network.parameters().SelectMany(p => p.data<float>().ToArray()).ToArray();
        }

        CollectionAssert.AreEqual(Learn(clusters: false), Learn(clusters: true));
    }

    private static void Fit(IProgress<TrainingProgress> progress)
    {
        var options = TestMethods.Options("Idec");
        options.Progress = progress;
        TestMethods.Trainer(Ml, options).Fit(View()).Dispose();
    }

    private static float[] Scores(DeepClusteringTransformer model)
        => TestRows.Scored(Ml, model.Transform(View())).SelectMany(r => r.Score.Concat(r.Embedding)).ToArray();

    private static IDataView View() => TestRows.View(Ml, Rows, images: false);
}
