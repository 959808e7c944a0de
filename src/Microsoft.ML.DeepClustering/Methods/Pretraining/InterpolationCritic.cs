using Microsoft.ML.DeepClustering.Networks;
using Microsoft.ML.DeepClustering.Optimizers;
using Microsoft.ML.DeepClustering.Torch;
using Microsoft.ML.DeepClustering.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Methods.Pretraining;

/// <summary>
/// The critic of adversarial interpolation with its own training steps. A step of the autoencoder lowers mean(c(x̂_α)²), x̂_α decoding α z_1 + (1 - α) z_2;
/// a step of the critic lowers mean((c(x̂_α) - α)²) + mean(c(γ x + (1 - γ) x̂)²), with x̂_α and x̂ of the same batch before the autoencoder's step.
/// Berthelot et al. 2019, Equations 1 and 2; Mrabah et al. 2020, Equations 1 and 2.
/// α is at most 1/2, as in Berthelot et al.: mixtures of α and of 1 - α look alike, and a critic that has to tell them apart learns nothing.
/// </summary>
internal sealed class InterpolationCritic : IDisposable
{
    private const string Weights = "critic.";
    private const string Moments = "critic-optimizer.";

    private readonly AutoencoderFamilyMethod _method;
    private readonly Critic _critic;
    private readonly AdamOptimizer _optimizer;
    private LossSums _losses = new();

    // The shares of the current training step, (n, 1) each; null in evaluation.
    private Tensor? _alpha;
    private Tensor? _gamma;

    /// <param name="method">The method, on the device of training.</param>
    /// <param name="learningRate">Adam's.</param>
    /// <param name="device">The device of training.</param>
    public InterpolationCritic(AutoencoderFamilyMethod method, double learningRate, Device device)
    {
        _method = method;
        _critic = method.CreateCritic();
        if (device.type != DeviceType.CPU)
            _critic.to(device);
        _optimizer = new AdamOptimizer(_critic.parameters(), learningRate);
        RequireGradients(false);
    }

    /// <summary>Draws the critic's weights.</summary>
    public void Start(Generator generator) => _method.InitializeWeights(_critic, generator);

    /// <summary>Takes up what <see cref="State"/> gave, or a file that claims so.</summary>
    /// <exception cref="InvalidDataException">A tensor has another type or shape.</exception>
    public void Resume(IReadOnlyDictionary<string, Tensor> state)
    {
        using var gradientsOff = no_grad();
        foreach (var (name, weights) in _critic.state_dict())
            Fill(weights, state[Weights + name]);
        _optimizer.Restore(moments =>
        {
            foreach (var (name, moment) in moments)
                Fill(moment, state[Moments + name]);
        });
    }

    /// <summary>The critic's weights and its optimiser's moments, by name; later steps change the tensors.</summary>
    public IReadOnlyDictionary<string, Tensor> State()
        => _critic.state_dict().Select(w => KeyValuePair.Create(Weights + w.Key, w.Value))
            .Concat(_optimizer.State().Select(m => KeyValuePair.Create(Moments + m.Key, m.Value)))
            .ToDictionary();

    /// <summary>Draws the shares of a training step, each row's own: α from U(0, 1/2), γ from U(0, 1).</summary>
    public void DrawShares(long rows, TrainingContext context)
    {
        using var scope = NewDisposeScope();
        var shares = rand(new[] { 2, rows, 1 }, dtype: ScalarType.Float32, device: CPU, generator: context.Generator).to(context.Data.Device);
        (_alpha, _gamma) = (shares[0].Times(0.5).MoveToOuterDisposeScope(), shares[1].MoveToOuterDisposeScope());
    }

    /// <summary>x̂_α of a batch, (n, ...), each row mixed with the one as far from the end as it is from the start; halves of both in evaluation.</summary>
    /// <param name="embedding">z, (n, p).</param>
    public Tensor DecodeMixtures(Tensor embedding) => _method.Autoencoder.Decode(_alpha is null
        ? embedding.Plus(embedding.flip(0)).Times(0.5)
        : (_alpha * embedding).Plus(1.0.Minus(_alpha) * embedding.flip(0)));

    /// <summary>mean(c(x̂_α)²), what the autoencoder lowers.</summary>
    /// <param name="mixtures">x̂_α, (n, ...).</param>
    public Tensor Deception(Tensor mixtures)
    {
        _critic.train(_method.training);
        return Judged(mixtures);
    }

    /// <summary>The critic's step after the autoencoder's, on what the autoencoder decoded before its own.</summary>
    /// <param name="seen">x, (n, ...).</param>
    /// <param name="mixtures">x̂_α of <see cref="DecodeMixtures"/> with the shares that were drawn, (n, ...).</param>
    /// <param name="reconstruction">x̂, (n, ...).</param>
    /// <exception cref="InvalidOperationException">No shares were drawn for the step.</exception>
    public void Step(Tensor seen, Tensor mixtures, Tensor reconstruction)
    {
        if (_alpha is null || _gamma is null)
            throw new InvalidOperationException("The critic has no shares of the mixtures; draw them before its step.");
        RequireGradients(true);
        var original = seen.reshape(reconstruction.shape);
        var gamma = _gamma.reshape([seen.shape[0], .. Enumerable.Repeat(1L, (int)original.dim() - 1)]);
        var blend = (gamma * original).Plus(1.0.Minus(gamma) * reconstruction.detach());
        var terms = new LossTerms();
        terms.Add("mixtures", (_critic.forward(mixtures.detach()) - _alpha.flatten()).Squared().mean());
        terms.Add("reconstructions", Judged(blend));
        _critic.zero_grad();
        Backpropagation.Run(terms.Total());
        _optimizer.Step();
        _losses.Add(terms, seen.shape[0]);
        RequireGradients(false);
        (_alpha, _gamma) = (null, null);
    }

    /// <summary>The mean of the critic's loss since the last call.</summary>
    public double TakeLoss()
    {
        using var losses = _losses;
        _losses = new();
        return losses.Means().Values.Sum();
    }

    public void Dispose()
    {
        _optimizer.Dispose();
        _losses.Dispose();
        _critic.Dispose();
    }

    private Tensor Judged(Tensor decoded) => _critic.forward(decoded).Squared().mean();

    // Otherwise the autoencoder's step would spend time on gradients of the critic's weights.
    private void RequireGradients(bool required)
    {
        foreach (var parameter in _critic.parameters())
            parameter.requires_grad = required;
    }

    private static void Fill(Tensor target, Tensor kept)
    {
        TrainingPhase.Require(kept, target.dtype, target.shape);
        target.copy_(kept);
    }
}
