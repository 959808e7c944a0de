using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>Clustering: its trainers and the evaluation of what they make.</summary>
public sealed class ClusteringCatalog : TrainCatalogBase
{
    internal ClusteringCatalog(IHostEnvironment env)
        : base(env)
    {
        Trainers = new ClusteringTrainers(this);
    }

    public ClusteringTrainers Trainers { get; }

    /// <summary>Measures a clustering from its scores, of which the smallest is the assigned cluster.</summary>
    public ClusteringMetrics Evaluate(IDataView data, string labelColumnName = null, string scoreColumnName = "Score", string featureColumnName = null)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentException.ThrowIfNullOrEmpty(scoreColumnName);
        return new ClusteringEvaluator(data, labelColumnName, scoreColumnName, featureColumnName).Evaluate();
    }

    /// <summary>Fits on all folds but one and evaluates on that one, for each fold in turn.</summary>
    public IReadOnlyList<CrossValidationResult<ClusteringMetrics>> CrossValidate(IDataView data, IEstimator<ITransformer> estimator, int numberOfFolds = 5,
        string labelColumnName = null, string featuresColumnName = null, string samplingKeyColumnName = null, int? seed = null)
        => CrossValidateTrain(data, estimator, numberOfFolds, samplingKeyColumnName, seed)
            .Select(fold => new CrossValidationResult<ClusteringMetrics>(
                fold.Model, Evaluate(fold.Scored, labelColumnName, featureColumnName: featuresColumnName), fold.Scored, fold.Fold))
            .ToArray();

    /// <summary>The trainers; extensions add them.</summary>
    public sealed class ClusteringTrainers : CatalogInstantiatorBase
    {
        internal ClusteringTrainers(ClusteringCatalog catalog)
            : base(catalog)
        {
        }
    }
}
