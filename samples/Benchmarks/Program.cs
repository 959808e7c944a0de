using System.CommandLine;
using Benchmarks;

// Measurements that take minutes, each in a process of its own:
//   run      trains one method on real images and prints its measures
//   epoch    seconds an epoch of the methods of a family
//   profile  where the time of an epoch goes
//   compare  the same beside plain loops of TorchSharp and PyTorch
//   curves   seconds an epoch and peak memory over n, k, d and the batch
//   memory   resident memory over the epochs of each phase
//   fits     native tensors and resident memory over many fits of every method
//   large    peak memory on more rows than memory may hold, made or of a file
//   scoring  rows a second through Transform and PredictionEngine, latency of a prediction
//   load     seconds to load a model
//   cold-start  seconds from the start of a process to the first prediction
//   kmeans   k-means on made embeddings beside scikit-learn's
var root = new RootCommand("Measurements of deep clustering that take minutes.")
{
    TrainingCommand.Create(), EpochCommand.Create(), ProfileCommand.Create(), CompareCommand.Create(), OwnLoop.Create(), PlainProcess.Create(), CurvesCommand.Create(), CostPoint.Create(),
    MemoryCommand.Create(), FitsCommand.Create(), LargeCommand.Create(), ScoringCommand.Create(), LoadCommand.Create(), KMeansCommand.Create(), ColdStartCommand.Create(),
};
return root.Parse(args).Invoke();
