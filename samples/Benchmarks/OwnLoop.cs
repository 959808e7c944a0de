using System.CommandLine;
using System.Globalization;

namespace Benchmarks;

/// <summary>The same as <see cref="PyTorchLoop"/> by the product, likewise in a process of its own.</summary>
internal static class OwnLoop
{
    public static readonly TimedMethod[] Methods =
    [
        TimedMethod.Pretraining, TimedMethod.Dec, TimedMethod.Idec, TimedMethod.Dcn, TimedMethod.DeepKMeans, TimedMethod.CenteringAlone,
        TimedMethod.DynAe, TimedMethod.Ddc, TimedMethod.UcoNaive, TimedMethod.UcoBefore, TimedMethod.UcoAfter,
    ];

    /// <summary>Mean seconds of so many epochs after the first.</summary>
    public static double SecondsAnEpoch(TimedMethod method, string data, string folder, int rows, int threads, int timed)
    {
        var numbers = new[] { rows, threads, timed }.Select(v => v.ToString(CultureInfo.InvariantCulture));
        return double.Parse(ChildProcess.Own(["seconds", method.Name, data, folder, .. numbers]), CultureInfo.InvariantCulture);
    }

    /// <summary>The command of that other process.</summary>
    public static Command Create()
    {
        var (method, data, folder) = (new Argument<string>("method"), new Argument<string>("data"), new Argument<string>("folder"));
        var (rows, threads, timed) = (new Argument<int>("rows"), new Argument<int>("threads"), new Argument<int>("timed"));
        var command = new Command("seconds", "Seconds an epoch of one method.") { method, data, folder, rows, threads, timed };
        command.Hidden = true;
        command.SetAction(parsed =>
        {
            var images = DataChoice.Images(parsed.GetValue(data)!, parsed.GetValue(folder)!, parsed.GetValue(rows), 0, 1);
            var seconds = Methods.Concat(Methods.Select(m => m.InBFloat16())).Single(m => m.Name == parsed.GetValue(method)).SecondsAnEpoch(images, parsed.GetValue(threads), parsed.GetValue(timed));
            Console.Write(seconds.ToString(CultureInfo.InvariantCulture));
        });
        return command;
    }
}
