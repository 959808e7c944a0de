using Microsoft.ML.DeepClustering.Optimizers;
using Microsoft.ML.DeepClustering.Training;
using TorchSharp.Modules;

namespace Microsoft.ML.DeepClustering.Methods;

/// <summary>The one phase of the DDC family: the method's loss, each variable's gradient clipped.</summary>
internal sealed class DdcFamilyPhase(DdcFamilyMethod method, DdcFamilyOptions options, ParameterOptimizer optimizer, long rows) : TrainingPhase
{
    private readonly Parameter[] _parameters = method.parameters().ToArray();

    public override string Name => "clustering";

    public override int Epochs { get; } = options.EpochsFor(rows);

    public override int BatchSize { get; } = options.BatchSizeFor(rows);

    // Kernels and batch normalisation compare the rows of a batch: a batch of a few rows would be of another kind.
    public override bool DropsLastBatch => true;

    public override int EvaluationInterval => options.EvaluationInterval;

    public override ParameterOptimizer Optimizer => optimizer;

    public override LossTerms Loss(TrainingBatch batch) => method.Loss(batch.Seen, batch.Weights);

    public override void AdjustGradients() => GradientClipping.ClipEach(_parameters, options.GradientClip);
}
