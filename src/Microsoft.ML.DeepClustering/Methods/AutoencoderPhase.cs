using Microsoft.ML.DeepClustering.Optimizers;
using Microsoft.ML.DeepClustering.Training;

namespace Microsoft.ML.DeepClustering.Methods;

/// <summary>A phase that trains an autoencoder: on reconstruction alone, where a phase has no loss of its own.</summary>
/// <param name="method">What is trained.</param>
/// <param name="options">The options.</param>
/// <param name="optimizer">Of the phase.</param>
/// <param name="name">Of the phase.</param>
/// <param name="epochs">The largest number of epochs.</param>
/// <param name="rows">Of the data.</param>
internal abstract class AutoencoderPhase(AutoencoderFamilyMethod method, AutoencoderFamilyOptions options, ParameterOptimizer optimizer, string name, int epochs, long rows)
    : TrainingPhase
{
    protected AutoencoderFamilyMethod Method => method;

    public override string Name => name;

    public override int Epochs => epochs;

    public override int BatchSize { get; } = options.BatchSizeFor(rows);

    public override ParameterOptimizer Optimizer => optimizer;

    public override LossTerms Loss(TrainingBatch batch)
    {
        var terms = new LossTerms();
        terms.AddAuxiliary("reconstruction", 1, method.ReconstructionLoss(batch.Seen, method.Autoencoder.Decode(method.Embed(batch.Seen)), batch.Weights));
        return terms;
    }
}
