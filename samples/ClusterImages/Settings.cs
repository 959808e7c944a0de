using Microsoft.ML.DeepClustering;
using Spectre.Console;

namespace ClusterImages;

/// <summary>The settings of DDC-UCO, chosen for a demonstration of two minutes.</summary>
internal static class Settings
{
    public const int Epochs = 10;
    public const string Note = "Settings of a quick demonstration. The paper's: learning rate 1e-4, 200 epochs, the best of 20 runs, companions before the first pooling.";

    // Where they differ from the paper's, Trosten et al. 2024 (DdcUcoOptions.Presets.Pr24() has the paper's, with one run):
    //   Companion.Tap   after the first pooling, a quarter of the values; the paper's is before it
    //   LearningRate    1e-3; at the paper's 1e-4 many more epochs are needed
    //   NumberOfEpochs  10; the paper's is 200
    //   NumberOfRuns    1; the paper makes 20 runs and keeps the one of lowest loss
    public static DdcUcoOptions DdcUco() => new()
    {
        Companion = new() { Kernel = CompanionKernel.Tensor, Tap = FirstBlockTap.AfterPooling },
        LearningRate = 1e-3,
        NumberOfEpochs = Epochs,
        NumberOfRuns = 1,
    };

    public static void Explain(RunRecord run)
    {
        AnsiConsole.WriteLine($"DDC-UCO: weights of epoch {run.BestEpoch} of {run.Epochs.Count}, where the total loss was lowest, {run.LowestLoss:0.0000}; {run.Epochs.Average(e => e.Seconds):0.0} s an epoch.");
        AnsiConsole.WriteLine(Note);
    }
}
