using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.DeepClustering;

namespace Samples.ModelBuilder;

/// <summary>How the model is trained.</summary>
public sealed partial class Customers
{
    /// <summary>Trains the model on a file and saves it.</summary>
    public static void Train(string outputModelPath, string inputDataFilePath, char separatorChar = ',', bool hasHeader = true)
    {
        var mlContext = new MLContext(seed: 1);
        var data = LoadIDataViewFromFile(mlContext, inputDataFilePath, separatorChar, hasHeader);
        var model = RetrainModel(mlContext, data);
        SaveModel(mlContext, model, data, outputModelPath);
    }

    /// <summary>Reads a file of customers.</summary>
    public static IDataView LoadIDataViewFromFile(MLContext mlContext, string inputDataFilePath, char separatorChar, bool hasHeader)
        => mlContext.Data.LoadFromTextFile<ModelInput>(inputDataFilePath, separatorChar, hasHeader);

    /// <summary>Saves a model.</summary>
    public static void SaveModel(MLContext mlContext, ITransformer model, IDataView data, string modelSavePath)
        => mlContext.Model.SaveAtomically(model, data.Schema, modelSavePath);

    /// <summary>Trains on other data by the same pipeline.</summary>
    public static ITransformer RetrainModel(MLContext mlContext, IDataView trainData) => BuildPipeline(mlContext).Fit(trainData);

    /// <summary>The steps: numbers and the one-hot region, scaled, then a deep clustering method that suits tables.</summary>
    public static IEstimator<ITransformer> BuildPipeline(MLContext mlContext)
        => mlContext.Transforms.Categorical.OneHotEncoding(nameof(ModelInput.Region))
            .Append(mlContext.Transforms.Concatenate("Features", nameof(ModelInput.Region), nameof(ModelInput.Age), nameof(ModelInput.Income), nameof(ModelInput.Visits)))
            .Append(mlContext.Transforms.NormalizeMinMax("Features"))
            .Append(mlContext.Clustering.Trainers.Centering(new CenteringOptions { NumberOfClusters = 3, PretrainingEpochs = 100, NumberOfEpochs = 50, Seed = 1 }));
}
