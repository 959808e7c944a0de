#nullable disable
using Microsoft.ML.DeepClustering.Networks;
using Microsoft.ML.DeepClustering.Optimizers;
using Microsoft.ML.DeepClustering.Training;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Methods;

/// <summary>A phase that trains an autoencoder on reconstruction and what a method adds to it.</summary>
internal abstract class AutoencoderPhase(AutoencoderSystem system, AutoencoderFamilyOptions options, ParameterOptimizer optimizer, string name, int epochs)
    : TrainingPhase
{
    protected AutoencoderSystem Method => system;

    public override string Name => name;

    public override int Epochs => epochs;

    public override int BatchSize => options.BatchSize;

    public override ParameterOptimizer Optimizer => optimizer;

    public override LossTerms Loss(TrainingBatch batch)
    {
        var (embedding, blocks) = system.Autoencoder.Encode(batch.Seen);
        var terms = new LossTerms();
        terms.AddAuxiliary("reconstruction", 1, system.ReconstructionLoss(batch.Seen, system.Autoencoder.Decode(embedding)));
        AddTerms(terms, embedding, batch.Indices);
        return terms;
    }

    /// <summary>The method's further terms.</summary>
    /// <param name="terms">Where the terms go.</param>
    /// <param name="embedding">z, (n, p).</param>
    /// <param name="indices">The rows' numbers in the data, (n).</param>
    protected virtual void AddTerms(LossTerms terms, Tensor embedding, Tensor indices)
    {
    }
}
