using Microsoft.ML.DeepClustering.Tests.Support;

namespace Microsoft.ML.DeepClustering.Tests.Checkpoints;

/// <summary>Small trainings that share a folder of pretrained autoencoders, and what they say.</summary>
internal sealed class PretrainingTrainings : IDisposable
{
    public TemporaryFolder Folder { get; } = new();

    public List<string> Log { get; } = [];

    public void Dispose() => Folder.Dispose();

    /// <summary>Of a method that trains in a second, with the folder or without.</summary>
    public AutoencoderFamilyOptions Options(string method, bool folder = true)
    {
        var options = (AutoencoderFamilyOptions)TestMethods.Options(method);
        options.NumberOfThreads = 1;
        if (folder)
            options.PretrainingFolder = Folder.File("");
        return options;
    }

    /// <summary>How many epochs of pretraining a training makes itself, and what comes of it.</summary>
    public int PretrainingEpochs(AutoencoderFamilyOptions options, out string outcome, bool images = true)
    {
        var epochs = 0;
        options.Progress = new Reporter(p => epochs += p.Completed?.Phase == "pretraining" ? 1 : 0);
        outcome = Fit(options, images);
        return epochs;
    }

    /// <summary>Trains, and gives all that comes of it in a text.</summary>
    public string Fit(AutoencoderFamilyOptions options, bool images, DataChange? change = null)
    {
        var ml = new MLContext(seed: 1);
        ml.Log += (_, e) => Log.Add(e.RawMessage);
        // Small networks are trained in no time.
        if (!images)
            options.HiddenLayers ??= [16, 8];
        var rows = (change ?? new()).Apply(Trainings.MakeRows(images));
        if (change?.What == "weight")
            options.ExampleWeightColumnName = nameof(TestRow.Label);
        var schema = TestRows.Schema(images ? [1, TestRows.Side, TestRows.Side] : [rows[0].Features.Length]);
        using var model = TestMethods.Trainer(ml, options).Fit(ml.Data.LoadFromEnumerable(rows, schema));
        return Outcome.Of(model);
    }

    /// <summary>What is done to the rows.</summary>
    public sealed record DataChange
    {
        public string What { get; init; } = "";

        // Values in 0 to 1.
        public bool IsUnit { get; init; }

        public TestRow[] Apply(TestRow[] rows)
        {
            switch (What)
            {
                case "order": (rows[0], rows[1]) = (rows[1], rows[0]); break;
                case "value": rows[^1].Features[^1] += 1e-6f; break;
                case "weight": Array.ForEach(rows, r => r.Label += 1); break;
                case "rows": return rows[..^1];
                case "zeros": Array.ForEach(rows[..^4], r => Array.Clear(r.Features)); break;
            }

            if (IsUnit)
                Array.ForEach(rows, r => r.Features = [.. r.Features.Select(f => Math.Clamp((f + 1) / 2, 0, 1))]);
            return rows;
        }
    }
}
