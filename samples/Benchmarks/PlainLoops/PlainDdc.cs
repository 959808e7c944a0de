using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Benchmarks;

/// <summary>DDC, Kampffmeyer et al. 2019: two blocks of convolutions, a clustering module, the Cauchy-Schwarz losses. Batches of 120, Adam.</summary>
internal sealed class PlainDdc : PlainLoop
{
    private const int Clusters = 10;
    private const double MaximumNorm = 10;

    private readonly Sequential _first = Block(1, 5);
    private readonly Sequential _second = Block(32, 3);
    private readonly Sequential _hidden;
    private readonly Linear _output = Linear(100, Clusters);
    private readonly Parameter[] _parameters;
    private readonly optim.Optimizer _optimizer;

    public PlainDdc(int rows, int side)
    {
        Data = rand(rows, 1, side, side);
        var left = ((side - 8) / 2 - 4) / 2;
        _hidden = Sequential(Flatten(), Linear(32 * left * left, 100), ReLU(inplace: true), BatchNorm1d(100));
        _parameters = new Module[] { _first, _second, _hidden, _output }.SelectMany(m => m.parameters()).ToArray();
        _optimizer = optim.Adam(_parameters, 1e-3);
    }

    protected override Tensor Data { get; }

    protected override int BatchSize => 120;

    protected override bool DropsLast => true;

    protected override void Step(Tensor rows, Tensor indices)
    {
        var blocks = functional.max_pool2d(_second.forward(functional.max_pool2d(_first.forward(rows), 2)), 2);
        var hidden = _hidden.forward(blocks);
        var a = functional.softmax(_output.forward(hidden), 1);
        var (kernel, n) = (Kernel(hidden), a.shape[0]);
        var loss = Divergence(a, kernel) + a.matmul(a.t()).triu(1).sum() * (2.0 / (n * (n - 1))) + Divergence(Corners(a), kernel);
        _optimizer.zero_grad();
        loss.backward();
        foreach (var parameter in _parameters)
            nn.utils.clip_grad_norm_([parameter], MaximumNorm);
        _optimizer.step();
    }

    private static Sequential Block(int inputs, int width) => Sequential(
        Conv2d(inputs, 32, width), ReLU(inplace: true), Conv2d(32, 32, width), BatchNorm2d(32), ReLU(inplace: true));

    // How near each assignment is to each corner of the simplex, (b, k).
    private static Tensor Corners(Tensor a) => exp(-(a.square().sum(dim: 1L, keepdim: true) - 2 * a + 1));

    // (b, b), its width from the median distance.
    private static Tensor Kernel(Tensor x)
    {
        var norms = x.square().sum(dim: 1L);
        var distances = functional.relu(norms.unsqueeze(0) + norms.unsqueeze(1) - 2 * x.matmul(x.t()));
        return exp(-distances / (2 * 0.15 * distances.detach().median().clamp_min(1e-9)));
    }

    private static Tensor Divergence(Tensor a, Tensor kernel)
    {
        var similarity = a.t().matmul(kernel).matmul(a); // (k, k)
        var own = similarity.diag();
        var ratios = similarity.clamp_min(1e-9) / (own.unsqueeze(0) * own.unsqueeze(1)).clamp_min(1e-18).sqrt();
        return ratios.triu(1).sum() * (2.0 / (Clusters * (Clusters - 1)));
    }
}
