using Microsoft.ML.DeepClustering.Tests.Support;

namespace Microsoft.ML.DeepClustering.Tests.Processes;

/// <summary>Trains methods and says what the weights are.</summary>
internal static class TrainingProgram
{
    /// <summary>The file for the result (a line for each training), the checkpoint (- for none), epochs, then for each training a method and whether it is on images.</summary>
    public static int Run(string[] arguments)
    {
        var (result, checkpoint, epochs) = (arguments[0], arguments[1] == "-" ? null : arguments[1], int.Parse(arguments[2]));
        var lines = arguments[3..].Chunk(2).Select(training =>
        {
            var options = TestMethods.Options(training[0], epochs);
            options.CheckpointPath = checkpoint;
            return Trainings.Line(options, images: bool.Parse(training[1]));
        });
        File.WriteAllLines(result, lines);
        return 0;
    }
}
