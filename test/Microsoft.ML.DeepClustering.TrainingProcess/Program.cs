using Microsoft.ML.DeepClustering.Tests.Support;

// Trains methods in a process of its own and says what the weights are.
// Usage: TrainingProcess <result: a line for each training> <checkpoint, or - for none> <epochs> <method> <images: True or False> [<method> <images> ...]
var (result, checkpoint, epochs) = (args[0], args[1] == "-" ? null : args[1], int.Parse(args[2]));
var lines = args[3..].Chunk(2).Select(training =>
{
    var options = TestMethods.Options(training[0], epochs);
    options.CheckpointPath = checkpoint;
    return Trainings.Line(options, images: bool.Parse(training[1]));
});
File.WriteAllLines(result, lines);
