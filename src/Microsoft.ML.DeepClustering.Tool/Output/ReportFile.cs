using Microsoft.ML.DeepClustering.Reporting;
using Microsoft.ML.DeepClustering.Tool.Input;
using Microsoft.ML.DeepClustering.Tool.Input.Images;
using Microsoft.ML.DeepClustering.Tool.Modelling;

namespace Microsoft.ML.DeepClustering.Tool.Output;

/// <summary>Writes report.html.</summary>
internal static class ReportFile
{
    public const string Name = "report.html";

    public static void Write(MLContext ml, IDataView scored, LoadedInput input, ClusterModel model, string title, string path, CancellationToken cancellation)
        => ml.Clustering.WriteReport(scored, path, new ReportOptions
        {
            Title = $"Clusters of {Path.GetFileName(Path.TrimEndingDirectorySeparator(title))}",
            LabelColumnName = input.Labels == null ? null : ClusterModel.LabelColumn(input),
            TextColumnName = input.Texts == null ? null : ClusterModel.TextColumn(input),
            ImageColumnName = input.Description.Kind switch
            {
                InputKind.Images => ImageFolder.PathColumn,
                InputKind.Idx => IdxImages.PixelColumn,
                _ => null,
            },
            Model = model.Trained,
            CancellationToken = cancellation,
        });
}
