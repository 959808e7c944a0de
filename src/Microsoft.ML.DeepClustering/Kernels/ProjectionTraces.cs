using Microsoft.ML.DeepClustering.Torch;
using static TorchSharp.torch;
using static TorchSharp.torch.autograd;

namespace Microsoft.ML.DeepClustering.Kernels;

/// <summary>
/// T_ab = tr(Π_a Π_b) for all pairs of a batch of matrices X, Π = VᵀV the projection onto the row space of X, with its gradient by hand.
/// With E the gradient of T, that of Π_a is D_a = Σ_b (E_ab + E_ba) Π_b, and <see cref="OrthonormalBasis.Gradient"/> leads on to X.
/// There is no second derivative: the gradient records none of its own.
/// </summary>
internal sealed class ProjectionTraces : SingleTensorFunction<ProjectionTraces>
{
    private const string Form = "form";

    /// <inheritdoc/>
    public override string Name => nameof(ProjectionTraces);

    /// <summary>(n, r, c) matrices, r ≤ c -> (n, n) traces. The cheaper of the two forms is taken.</summary>
    public static Tensor Compute(Tensor matrices, bool inBFloat16 = false) => apply(matrices, CheaperForm(matrices, inBFloat16));

    /// <summary>The same by one of the forms.</summary>
    internal static Tensor Compute(Tensor matrices, TraceForm form) => apply(matrices, form);

    /// <summary>Takes the matrices and the form.</summary>
    public override Tensor forward(AutogradContext ctx, params object[] vars)
    {
        using var gradientsOff = no_grad();
        using var scope = NewDisposeScope();
        var (matrices, form) = ((Tensor)vars[0], (TraceForm)vars[1]);
        var keep = matrices.requires_grad;
        var basis = OrthonormalBasis.Compute(matrices);
        var (traces, kept) = form.Traces(basis.Rows, keep);
        if (keep)
        {
            ctx.save_data(Form, form);
            ctx.save_data(nameof(Backpropagation), Backpropagation.OfThread);
            List<Tensor> saved = [basis.Rows, basis.InverseFactor, .. kept];
            ctx.save_for_backward(saved);
            saved.ForEach(t => t.MoveToOuterDisposeScope());
        }

        return traces.MoveToOuterDisposeScope();
    }

    /// <summary>E, (n, n) -> the gradient of the matrices, (n, r, c), or none where it cannot be computed, and none of the form.</summary>
    public override List<Tensor> backward(AutogradContext ctx, Tensor grad_output)
    {
        var pass = (Backpropagation)ctx.get_data(nameof(Backpropagation));
        try
        {
            using var gradientsOff = no_grad();
            using var scope = NewDisposeScope();
            pass.Keep(grad_output);
            return [pass.Keep(Gradient((TraceForm)ctx.get_data(Form), grad_output, ctx.get_saved_variables())), null!];
        }
        catch (Exception fault)
        {
            pass.Hold(fault);
            return [null!, null!];
        }
    }

    private static Tensor Gradient(TraceForm form, Tensor ofTraces, List<Tensor> saved)
    {
        var basis = new OrthonormalBasis(saved[0], saved[1]);
        var weights = ofTraces.Plus(ofTraces.transpose(0, 1));
        return basis.Gradient(form.Gradient(basis.Rows, weights, saved.GetRange(2, saved.Count - 2)));
    }

    private static TraceForm CheaperForm(Tensor matrices, bool inBFloat16)
    {
        long n = matrices.shape[0], r = matrices.shape[1], c = matrices.shape[2];
        var products = inBFloat16 ? TraceForm.ProductsInBFloat16 : TraceForm.Products;
        return products.Cost(n, r, c) <= TracesByProjections.Cost(n, r, c) ? products : TraceForm.Projections;
    }
}
