#nullable disable
using Microsoft.ML.DeepClustering.Training;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering;

/// <summary>A phase that trains an autoencoder: on reconstruction alone, where a method does not add to it.</summary>
internal class AutoencoderPhase(AutoencoderSystem system, AutoencoderFamilyOptions options, optim.Optimizer optimizer, string name, int epochs)
    : TrainingPhase
{
    public override string Name => name;

    public override int Epochs => epochs;

    public override bool HasClusters => false;

    public override int BatchSize => options.BatchSize;

    public override optim.Optimizer Optimizer => optimizer;

    public override LossTerms Loss(Tensor batch, Tensor indices)
    {
        var (embedding, blocks) = system.Autoencoder.Encode(batch);
        var terms = new LossTerms();
        terms.AddAuxiliary("reconstruction", 1, system.ReconstructionLoss(batch, system.Autoencoder.Decode(embedding)));
        AddTerms(terms, embedding, indices);
        return terms;
    }

    /// <summary>The method's further terms.</summary>
    /// <param name="terms">Where the terms go.</param>
    /// <param name="embedding">z, (n, p).</param>
    /// <param name="indices">The rows' numbers in the data, (n).</param>
    protected virtual void AddTerms(LossTerms terms, Tensor embedding, Tensor indices)
    {
    }

    /// <summary>Reconstruction alone, for the epochs that the options give it; nothing when there are none.</summary>
    public static IEnumerable<TrainingPhase> Pretraining(AutoencoderSystem system, AutoencoderFamilyOptions options, optim.Optimizer optimizer)
        => options.PretrainingEpochs == 0 ? [] : [new AutoencoderPhase(system, options, optimizer, "pretraining", options.PretrainingEpochs)];
}
