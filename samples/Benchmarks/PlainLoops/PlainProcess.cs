using System.CommandLine;
using System.Globalization;
using static TorchSharp.torch;

namespace Benchmarks;

/// <summary>The plain loops of TorchSharp, each in a process of its own.</summary>
internal static class PlainProcess
{
    /// <summary>Whether there is a loop for the method.</summary>
    public static bool Knows(TimedMethod method) => PlainLoop.Loops.ContainsKey(method.Method);

    /// <summary>Mean seconds of so many epochs after the first.</summary>
    public static double SecondsAnEpoch(TimedMethod method, int rows, int side, int threads, int timed)
    {
        var numbers = new[] { rows, side, threads, timed }.Select(v => v.ToString(CultureInfo.InvariantCulture));
        return double.Parse(ChildProcess.OwnWith([ChildProcess.WaitingThreads], ["plain", method.Method, .. numbers]), CultureInfo.InvariantCulture);
    }

    /// <summary>The command of that other process.</summary>
    public static Command Create()
    {
        var method = new Argument<string>("method");
        var (rows, side) = (new Argument<int>("rows"), new Argument<int>("side"));
        var (threads, timed) = (new Argument<int>("threads"), new Argument<int>("timed"));
        var command = new Command("plain", "Seconds an epoch of a plain loop.") { method, rows, side, threads, timed };
        command.Hidden = true;
        command.SetAction(parsed =>
        {
            set_num_threads(parsed.GetValue(threads));
            random.manual_seed(1);
            var loop = PlainLoop.Loops[parsed.GetValue(method)!](parsed.GetValue(rows), parsed.GetValue(side));
            Console.Write(loop.Seconds(parsed.GetValue(timed) + 1).Skip(1).Average().ToString(CultureInfo.InvariantCulture));
        });
        return command;
    }
}
