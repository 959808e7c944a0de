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

    /// <summary>IDEC with three runs, on a small network.</summary>
    public static IdecOptions Idec(int epochs = 2)
    {
        var options = (IdecOptions)TestMethods.Options("Idec", epochs);
        options.NumberOfRuns = 3;
        options.HiddenLayers = [30, 20];
        return options;
    }

    /// <summary>Trains -> see <see cref="Outcome"/>, and all lines of the log above the kind Trace.</summary>
    /// <param name="options">The executor is set.</param>
    /// <param name="executor">Null for this process.</param>
    /// <param name="images">Whether the rows are.</param>
    /// <param name="said">Is told of each line at once.</param>
    public static (string Outcome, IReadOnlyList<string> Log) Train(DeepClusteringOptions options, RunExecutor? executor, bool images = false, Action<string>? said = null)
    {
        var ml = new MLContext(seed: 1);
        var lines = new List<string>();
        ml.Log += (_, e) =>
        {
            if (e.Kind <= Runtime.ChannelMessageKind.Trace)
                return;
            lines.Add(e.RawMessage);
            said?.Invoke(e.RawMessage);
        };
        options.RunExecutor = executor;
        using var model = TestMethods.Trainer(ml, options).Fit(View(ml, images));
        return (Outcome.Of(model), lines);
    }
}
