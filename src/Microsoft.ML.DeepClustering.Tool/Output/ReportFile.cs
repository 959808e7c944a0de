using Microsoft.ML.DeepClustering.Tool.Input;
using Microsoft.ML.DeepClustering.Tool.Modelling;

namespace Microsoft.ML.DeepClustering.Tool.Output;

/// <summary>Writes report.html.</summary>
internal static class ReportFile
{
    public const string Name = "report.html";

    public static void Write(MLContext ml, IDataView scored, LoadedInput input, ClusterModel model, string title, string path, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        File.WriteAllText(path, title);
    }
}
