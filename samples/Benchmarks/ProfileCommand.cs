using System.CommandLine;
using System.Diagnostics;
using Microsoft.ML.DeepClustering.Data;
using Microsoft.ML.DeepClustering.Training;
using static TorchSharp.torch;

namespace Benchmarks;

/// <summary>Where the time of a training step goes: the steps of the training loop one by one, each timed.</summary>
internal static class ProfileCommand
{
    private static readonly TimedMethod[] Methods =
    [
        TimedMethod.Ddc, TimedMethod.UcoNaive, TimedMethod.UcoBefore, TimedMethod.UcoAfter,
        TimedMethod.Pretraining, TimedMethod.Dec, TimedMethod.Idec, TimedMethod.Dcn, TimedMethod.DeepKMeans, TimedMethod.Centering,
    ];

    public static Command Create()
    {
        var data = new DataChoice();
        var threads = new Option<int>("--threads") { DefaultValueFactory = _ => 1 };
        var epochs = new Option<int>("--epochs") { DefaultValueFactory = _ => 2 };
        var names = TimedMethod.Choice();
        var command = new Command("profile", "Where the time of an epoch goes, by method.") { threads, epochs, names };
        data.AddTo(command);
        command.SetAction(parsed => Run(data.Images(parsed), TimedMethod.Chosen(Methods, parsed.GetValue(names)), parsed.GetValue(threads), parsed.GetValue(epochs)));
        return command;
    }

    private static void Run(Samples.ImageSet images, IEnumerable<TimedMethod> methods, int threads, int epochs)
    {
        set_num_threads(threads);
        Console.WriteLine($"| method | s an epoch | {string.Join(" | ", StepTimes.Names)} | tensors a step |");
        Console.WriteLine($"|---|---|{string.Concat(StepTimes.Names.Select(_ => "---|"))}---|");
        foreach (var method in methods)
        {
            var times = Profile(method, images, threads, epochs);
            var parts = times.Milliseconds.Select(t => FormattableString.Invariant($"{100 * t / times.Milliseconds.Sum():0} %"));
            Console.WriteLine(FormattableString.Invariant($"| {method.Name} | {times.Milliseconds.Sum() / 1000 / epochs:0.00} | {string.Join(" | ", parts)} | {times.Tensors / (double)times.Steps:0} |"));
        }
    }

    private static StepTimes Profile(TimedMethod timed, Samples.ImageSet images, int threads, int epochs)
    {
        var shape = new InputShape([1, images.Height, images.Width]);
        using var method = timed.Options(threads).CreateMethod(shape);
        using var generator = new Generator(1);
        method.Initialize(generator);
        using var features = new MemoryRows(tensor(images.Pixels.SelectMany(p => p).ToArray(), shape.Dimensions.Prepend(images.Pixels.Length).ToArray()));
        using var data = PreparedRows.Create(features, timed.Options(threads).PreparationFor(shape).Apply, CPU);
        var context = new TrainingContext(data, generator, _ => { }, _ => { }, CancellationToken.None);
        var times = new StepTimes();
        foreach (var phase in method.Phases(context))
        {
            if (phase.Name != timed.Phase)
                continue;
            phase.OnStart(context);
            method.train();
            Epoch(method, phase, context, 1, new());
            for (var epoch = 2; epoch < epochs + 2; epoch++)
                Epoch(method, phase, context, epoch, times);
        }

        return times;
    }

    private static void Epoch(ClusteringMethod method, TrainingPhase phase, TrainingContext context, int epoch, StepTimes times)
    {
        times.Time(StepTimes.Ends, () => phase.OnEpochStart(context, epoch));
        using var order = context.Shuffled();
        for (var start = 0L; start + phase.BatchSize <= context.Rows; start += phase.BatchSize)
        {
            using var scope = NewDisposeScope();
            times.Steps++;
            times.Time(StepTimes.Ends, () => phase.OnBatchStart(context));
            var indices = order.narrow(0, start, phase.BatchSize);
            var rows = times.Time(StepTimes.Data, () => context.Data.Gather(indices));
            var batch = new TrainingBatch(rows, times.Time(StepTimes.Data, () => phase.See(rows, context)), indices);
            // Once more than the loop does, to tell the network from the losses.
            var watch = Stopwatch.StartNew();
            _ = method.Assign(rows);
            var forward = watch.Elapsed.TotalMilliseconds;
            times.Add(StepTimes.Forward, forward);
            var terms = times.Time(StepTimes.Loss, () => phase.Loss(batch));
            var total = times.Time(StepTimes.Loss, terms.Total);
            times.Add(StepTimes.Loss, -forward);
            method.zero_grad();
            times.Time(StepTimes.Backward, () => total.backward());
            times.Time(StepTimes.Optimizer, () =>
            {
                phase.AdjustGradients();
                phase.Optimizer.Step();
            });
            times.Time(StepTimes.Ends, () => phase.OnBatchEnd(batch, terms));
        }

        times.Time(StepTimes.Ends, () => phase.OnEpochEnd(context, epoch));
    }
}
