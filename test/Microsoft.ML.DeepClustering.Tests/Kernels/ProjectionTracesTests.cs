using Microsoft.ML.DeepClustering.Kernels;
using Microsoft.ML.DeepClustering.Tests.Support;
using Microsoft.ML.DeepClustering.Torch;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Tests.Kernels;

/// <summary>The traces of pairs of projections and their gradient by hand, in both forms.</summary>
[TestClass]
public sealed class ProjectionTracesTests
{
    private static TraceForm[] Forms => [TraceForm.Products, TraceForm.Projections];

    [TestMethod]
    public void OrthonormalBasis_WideMatrices_HasOrthonormalRowsOfTheSameSpan()
    {
        var matrices = TestTensors.Noise(5, 6, 20);
        var basis = OrthonormalBasis.Compute(matrices).Rows;
        var products = bmm(basis, basis.transpose(1, 2));
        TestTensors.AreClose(TestTensors.Values(eye(6, dtype: ScalarType.Float64).expand(5, 6, 6)), products, 1e-6);
        TestTensors.AreClose(TestTensors.Values(matrices), bmm(bmm(matrices, basis.transpose(1, 2)), basis), 1e-6);
    }

    [TestMethod]
    [DataRow(7, 5, 90)]
    [DataRow(40, 16, 40)]
    [DataRow(9, 3, 170)]
    [DataRow(1, 2, 3)]
    public void Compute_RecordedReference_Agrees(long n, long r, long c)
    {
        using var scope = NewDisposeScope();
        var (matrices, weights) = (TestTensors.Noise(n, r, c), TestTensors.Wave(n, n));
        var expected = TestTensors.Values(RecordedTraces.Compute(matrices));
        var gradient = TestTensors.Values(FiniteDifference.Gradient(x => (weights * RecordedTraces.Compute(x)).sum(), matrices));
        foreach (var form in Forms)
        {
            TestTensors.AreClose(expected, ProjectionTraces.Compute(matrices, form), 1e-9);
            TestTensors.AreClose(gradient, FiniteDifference.Gradient(x => (weights * ProjectionTraces.Compute(x, form)).sum(), matrices), 1e-8);
        }
    }

    [TestMethod]
    [DataRow(120, 20, 64)]
    [DataRow(50, 32, 100)]
    public void Compute_SinglePrecision_AgreesWithTheReference(long n, long r, long c)
    {
        using var scope = NewDisposeScope();
        var (matrices, weights) = (TestTensors.Noise(n, r, c).to(ScalarType.Float32), TestTensors.Wave(n, n).to(ScalarType.Float32));
        var expected = RecordedTraces.Compute(matrices);
        var gradient = FiniteDifference.Gradient(x => (weights * RecordedTraces.Compute(x)).sum(), matrices);
        foreach (var form in Forms)
        {
            IsNear(expected, ProjectionTraces.Compute(matrices, form));
            IsNear(gradient, FiniteDifference.Gradient(x => (weights * ProjectionTraces.Compute(x, form)).sum(), matrices));
        }
    }

    [TestMethod]
    [DataRow(60, 20, 300)]
    [DataRow(30, 32, 576)]
    public void Compute_BFloat16_AgreesWithTheReferenceToItsPrecision(long n, long r, long c)
    {
        using var scope = NewDisposeScope();
        var (matrices, weights) = (TestTensors.Noise(n, r, c).to(ScalarType.Float32), TestTensors.Wave(n, n).to(ScalarType.Float32));
        var traces = ProjectionTraces.Compute(matrices, inBFloat16: true);
        Assert.AreEqual(ScalarType.Float32, traces.dtype);
        TestTensors.AreClose(TestTensors.Values(traces), traces.transpose(0, 1), 1e-6);
        var error = (traces - RecordedTraces.Compute(matrices)).abs().max().item<float>();
        // 8 bits of mantissa; that it is not float32 shows that the path is taken.
        Assert.IsGreaterThan(1e-6 * r, error);
        Assert.IsLessThan(2e-3 * r, error);

        var expected = FiniteDifference.Gradient(x => (weights * RecordedTraces.Compute(x)).sum(), matrices);
        var gradient = FiniteDifference.Gradient(x => (weights * ProjectionTraces.Compute(x, inBFloat16: true)).sum(), matrices);
        Assert.AreEqual(ScalarType.Float32, gradient.dtype);
        Assert.IsLessThan(0.02, ((gradient - expected).norm() / expected.norm()).item<float>());
    }

    [TestMethod]
    public void Compute_Gradient_MatchesFiniteDifferences()
    {
        // Neither symmetric nor without a diagonal.
        var weights = TestTensors.Wave(3, 3);
        foreach (var form in Forms)
            FiniteDifference.Check(x => (weights * ProjectionTraces.Compute(x, form)).sum(), TestTensors.Noise(3, 2, 5));
    }

    [TestMethod]
    public void Compute_RankDeficientAndZeroMatrices_AreFinite()
    {
        foreach (var (form, type) in Forms.SelectMany(f => new[] { ScalarType.Float32, ScalarType.Float64 }.Select(t => (f, t))))
        {
            using var scope = NewDisposeScope();
            var matrices = TestTensors.Noise(4, 3, 6).to(type);
            matrices[1].zero_();
            matrices[2, 1].zero_();
            matrices[3, 2].copy_(matrices[3, 0].Times(2));
            var traces = ProjectionTraces.Compute(matrices, form);
            TestTensors.AreClose([3, 0, 2, 2], traces.diagonal(0, 0, 1), 1e-4);
            Assert.IsTrue(FiniteDifference.Gradient(x => ProjectionTraces.Compute(x, form).sum(), matrices).isfinite().all().item<bool>());
        }
    }

    [TestMethod]
    public void Compute_InsideAGraph_PassesTheGradientOn()
    {
        var weights = TestTensors.Wave(4, 4);
        FiniteDifference.Check(
            x => (weights * ProjectionTraces.Compute(x.Squared().Plus(x.unsqueeze(1).sum(dim: 1L)), TraceForm.Products).exp()).sum(), TestTensors.Noise(4, 2, 4), 1e-5);
    }

    [TestMethod]
    public void Compute_SeveralSteps_LeaveNoTensors()
    {
        using var scope = NewDisposeScope();
        var matrices = TestTensors.Noise(6, 3, 8).requires_grad_();
        Step();
        var before = NativeTensors.Live;
        for (var i = 0; i < 5; i++)
            Step();
        Assert.AreEqual(before, NativeTensors.Live);

        void Step()
        {
            using var inner = NewDisposeScope();
            foreach (var form in Forms)
            {
                Backpropagation.Run(ProjectionTraces.Compute(matrices, form).sum());
                _ = ProjectionTraces.Compute(matrices, form); // never differentiated
            }

            matrices.grad!.zero_();
        }
    }

    [TestMethod]
    public void Compute_WithoutGradient_GivesTheSameAndRecordsNone()
    {
        using var scope = NewDisposeScope();
        var matrices = TestTensors.Noise(6, 3, 8).requires_grad_();
        var expected = TestTensors.Values(ProjectionTraces.Compute(matrices, TraceForm.Products).detach());
        using var off = no_grad();
        var traces = ProjectionTraces.Compute(matrices, TraceForm.Products);
        Assert.IsFalse(traces.requires_grad);
        TestTensors.AreClose(expected, traces, 0);
    }

    [TestMethod]
    public void Compute_GradientThatFails_ThrowsAtTheEndOfThePass()
    {
        using var scope = NewDisposeScope();
        var matrices = TestTensors.Noise(6, 3, 8).requires_grad_();
        var fault = Assert.ThrowsExactly<OutOfMemoryException>(() => Backpropagation.Run(ProjectionTraces.Compute(matrices, new FailingForm()).sum()));
        Assert.AreEqual(FailingForm.Text, fault.Message);
        Assert.IsNull(matrices.grad);
        Backpropagation.Run(ProjectionTraces.Compute(matrices, TraceForm.Products).sum());
        Assert.IsTrue(matrices.grad!.isfinite().all().item<bool>());
    }

    [TestMethod]
    public void Compute_GradientThatFailsInAPassOfAnother_DoesNotReachTheNext()
    {
        using var scope = NewDisposeScope();
        var matrices = TestTensors.Noise(6, 3, 8).requires_grad_();
        ProjectionTraces.Compute(matrices, new FailingForm()).sum().backward();
        Backpropagation.Run(ProjectionTraces.Compute(matrices, TraceForm.Products).sum());
        Assert.IsTrue(matrices.grad!.isfinite().all().item<bool>());
    }

    [TestMethod]
    public void Compute_GradientOnAThreadWithoutScope_LeavesNoTensors()
    {
        // As on a GPU, whose gradients are computed on a thread of libtorch's.
        using var scope = NewDisposeScope();
        var matrices = TestTensors.Noise(6, 3, 8).requires_grad_();
        Step();
        var before = NativeTensors.Live;
        var made = Step();
        Assert.IsGreaterThan(0, made);
        Assert.AreEqual(before - made, NativeTensors.Live);

        // -> what the other thread has made and not freed.
        long Step()
        {
            using var inner = NewDisposeScope();
            var loss = ReachingGradient.Of(ProjectionTraces.Compute(matrices, TraceForm.Products)).sum();
            var left = 0L;
            var thread = new Thread(() =>
            {
                autograd.backward([loss]);
                left = NativeTensors.Live;
            });
            thread.Start();
            thread.Join();
            // Frees what the gradients of this thread's graph have made, whoever computed them.
            Backpropagation.Run(matrices.sum());
            matrices.grad!.zero_();
            return left;
        }
    }

    // The traces of the real form, and no memory for the gradient.
    private sealed class FailingForm : TraceForm
    {
        public const string Text = "no memory for the gradient";

        public override (Tensor Traces, IReadOnlyList<Tensor> Kept) Traces(Tensor bases, bool keep) => Products.Traces(bases, keep);

        public override Tensor Gradient(Tensor bases, Tensor weights, IReadOnlyList<Tensor> kept) => throw new OutOfMemoryException(Text);
    }

    private static void IsNear(Tensor expected, Tensor actual)
    {
        var scale = TestTensors.Value(expected.abs().max());
        Assert.IsLessThan(1e-5, TestTensors.Value((expected - actual).abs().max()) / scale);
    }
}
