using Microsoft.ML.Data;
using Microsoft.ML.DeepClustering.Tests.Support;

namespace Microsoft.ML.DeepClustering.Tests.Execution;

/// <summary>Small trainings of several runs, in this process and elsewhere.</summary>
internal static class RunTrainings
{
    /// <summary>Rows with a weight each.</summary>
    public static IDataView View(MLContext ml, bool images = false)
    {
        var rows = TestRows.View(ml, Trainings.MakeRows(images), images);
        return ml.Transforms.CopyColumns("Weight", "Label").Fit(rows).Transform(rows);
    }

    /// <summary>IDEC with three runs, on a small network where the rows are vectors.</summary>
    public static IdecOptions Idec(int epochs = 2, bool images = false)
    {
        var options = (IdecOptions)TestMethods.Options("Idec", epochs);
        options.NumberOfRuns = 3;
        options.HiddenLayers = images ? null : [30, 20];
        return options;
    }

    /// <summary>Trains -> see <see cref="Outcome"/>, and all lines of the log above the kind Trace.</summary>
    public static (string Outcome, IReadOnlyList<string> Log) Train(DeepClusteringOptions options, RunExecutor? executor, bool images = false)
    {
        var ml = new MLContext(seed: 1);
        var lines = new List<string>();
        ml.Log += (_, e) =>
        {
            if (e.Kind > Runtime.ChannelMessageKind.Trace)
                lines.Add(e.RawMessage);
        };
        options.RunExecutor = executor;
        using var model = TestMethods.Trainer(ml, options).Fit(View(ml, images));
        return (Outcome.Of(model), lines);
    }
}
