using Microsoft.ML;
using Microsoft.ML.Data;

namespace Samples.ModelBuilder;

/// <summary>How the model is used.</summary>
public sealed partial class Customers
{
    /// <summary>A customer.</summary>
    public sealed class ModelInput
    {
        /// <summary>Where the customer lives.</summary>
        [LoadColumn(0)]
        public string Region { get; set; } = "";

        /// <summary>In years.</summary>
        [LoadColumn(1)]
        public float Age { get; set; }

        /// <summary>In thousands a year.</summary>
        [LoadColumn(2)]
        public float Income { get; set; }

        /// <summary>A month.</summary>
        [LoadColumn(3)]
        public float Visits { get; set; }
    }

    /// <summary>What the model says of a customer.</summary>
    public sealed class ModelOutput
    {
        /// <summary>The cluster, from 1.</summary>
        public uint PredictedLabel { get; set; }

        /// <summary>The squared distance from each cluster.</summary>
        public float[] Score { get; set; } = [];

        /// <summary>How much the customer belongs to each cluster.</summary>
        public float[] Probability { get; set; } = [];
    }

    private static readonly string MLNetModelPath = Path.GetFullPath("Customers.mlnet");

    /// <summary>Loads the model at the first use. One thread at a time may use the engine.</summary>
    public static readonly Lazy<PredictionEngine<ModelInput, ModelOutput>> PredictEngine = new(CreatePredictEngine, isThreadSafe: true);

    private static PredictionEngine<ModelInput, ModelOutput> CreatePredictEngine()
    {
        var mlContext = new MLContext();
        var model = mlContext.Model.Load(MLNetModelPath, out _);
        return mlContext.Model.CreatePredictionEngine<ModelInput, ModelOutput>(model);
    }

    /// <summary>Finds the cluster of a customer.</summary>
    public static ModelOutput Predict(ModelInput input) => PredictEngine.Value.Predict(input);
}
