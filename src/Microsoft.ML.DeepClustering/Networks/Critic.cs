using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Networks;

/// <summary>
/// Judges how much of a decoded image comes from a mixture of two embeddings: a network as wide as the encoder, whose output is the mean of its
/// last units. Berthelot, Raffel, Roy and Goodfellow, ICLR 2019, Section 2; Mrabah et al. 2020, Equation 2.
/// </summary>
internal sealed class Critic : nn.Module<Tensor, Tensor>
{
    private readonly BlockNetwork network;
    private readonly LinearLayer units;

    public Critic(BlockNetwork network, long numberOfUnits)
        : base(nameof(Critic))
    {
        this.network = network;
        units = new LinearLayer(network.FeatureCount, numberOfUnits);
        RegisterComponents();
    }

    /// <summary>(n, input shape) -> (n).</summary>
    public override Tensor forward(Tensor input) => units.forward(network.forward(input)).Widened().mean(new[] { 1L });
}
