using Microsoft.ML.DeepClustering.Tests.Support;

namespace Microsoft.ML.DeepClustering.Tests.Processes;

/// <summary>A caller that trains in child processes of its own, writes a line for each child and each epoch, and ends with the outcome or the error.</summary>
internal static class ElsewhereProgram
{
    public static readonly int[] HiddenLayers = [300, 300];

    /// <summary>The folder of the checkpoints, the number of runs and of epochs.</summary>
    public static int Run(string[] arguments)
    {
        var options = TestMethods.Options("Dcn", int.Parse(arguments[2]));
        (options.NumberOfRuns, options.HiddenLayers) = (int.Parse(arguments[1]), HiddenLayers);
        options.RunExecutor = new ChildProcessExecutor { MaximumProcesses = 2, Folder = arguments[0], Started = id => Console.WriteLine($"child {id}") };
        options.Progress = new Reporter(p =>
        {
            if (p.Completed is not null)
                Console.WriteLine($"epoch {p.Epoch} of run {p.Run}");
        });
        try
        {
            Console.WriteLine($"outcome {Trainings.Line(options, images: false)}");
            return 0;
        }
        catch (InvalidOperationException e)
        {
            Console.Error.WriteLine(e.Message);
            return 1;
        }
    }
}
