using System.Security.Cryptography;
using System.Text;
using Microsoft.ML.DeepClustering.Persistence;

namespace Microsoft.ML.DeepClustering.Tests.Support;

/// <summary>All that a training gives, in one text: the same for two trainings that are the same bit for bit.</summary>
internal static class Outcome
{
    /// <summary>The options and the weights as they are saved, and the history without the seconds that epochs took.</summary>
    public static string Of(DeepClusteringTransformer model)
    {
        var history = model.History with
        {
            Runs = [.. model.History.Runs.Select(r => r with { Epochs = [.. r.Epochs.Select(e => e with { Seconds = 0 })] })],
        };
        var options = EntryJson.Model.ToElement(model.Trained.Options);
        var weights = Convert.ToHexString(SHA256.HashData(SafeTensors.Write(model.Trained.Method.state_dict())));
        return $"{EntryJson.ToLine(options)}\n{weights}\n{Encoding.UTF8.GetString(HistoryEntry.Write(history))}";
    }
}
