using Spectre.Console;

namespace Microsoft.ML.DeepClustering.Tool.Progress;

/// <summary>All that the program says: bars and tables on a terminal, plain lines in a file or a pipe.</summary>
/// <param name="output">What was found.</param>
/// <param name="error">Warnings and errors.</param>
/// <param name="terminal">A terminal that can redraw lines; null where there is none.</param>
internal sealed class ToolConsole(TextWriter output, TextWriter error, IAnsiConsole? terminal)
{
    public TextWriter Output => output;

    public TextWriter Errors => error;

    /// <summary>The console of the process.</summary>
    public static ToolConsole OfProcess()
    {
        var console = AnsiConsole.Console;
        var redraws = !Console.IsOutputRedirected && console.Profile.Capabilities is { Ansi: true, Interactive: true };
        return new(Console.Out, Console.Error, redraws ? console : null);
    }

    public void Line(string text) => output.WriteLine(text);

    public void Warn(string text)
    {
        if (terminal == null)
            error.WriteLine($"Warning: {text}");
        else
            terminal.MarkupLineInterpolated($"[yellow]Warning:[/] {text}");
    }

    public void Fault(string text) => error.WriteLine($"Error: {text}");

    /// <summary>A piece of work that says what share of it is done, 0 to 1.</summary>
    public T Work<T>(string title, Func<IProgress<double>, T> work)
    {
        if (terminal == null)
        {
            Line($"{title} ...");
            return work(new SharePlain(output));
        }

        return Bars().Start(bars =>
        {
            var bar = bars.AddTask(Markup.Escape(title), maxValue: 1).IsIndeterminate();
            var result = work(new Reporter<double>(share =>
            {
                bar.IsIndeterminate(false);
                bar.Value = share;
            }));
            bar.IsIndeterminate(false);
            bar.Value = 1;
            return result;
        });
    }

    /// <summary>A training that reports where it stands.</summary>
    public T Train<T>(Func<IProgress<TrainingProgress>, T> train)
        => terminal == null ? train(new EpochLines(output)) : Bars().Start(bars => train(new EpochBars(bars)));

    public void Table(string[] titles, IEnumerable<string[]> rows)
    {
        if (terminal == null)
        {
            PlainTable.Write(output, titles, [.. rows]);
            return;
        }

        var table = new Table().AddColumns(titles);
        foreach (var row in rows)
            table.AddRow(Array.ConvertAll(row, Markup.Escape));
        terminal.Write(table);
    }

    private Spectre.Console.Progress Bars() => terminal!.Progress()
        .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn { Width = 24 }, new PercentageColumn(), new RemainingTimeColumn());
}
