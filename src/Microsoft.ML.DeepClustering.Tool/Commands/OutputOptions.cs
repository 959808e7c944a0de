using System.CommandLine;

namespace Microsoft.ML.DeepClustering.Tool.Commands;

/// <summary>Where the results go and in which format.</summary>
internal sealed class OutputOptions
{
    private readonly Option<string> _output = new("--output", "-o") { HelpName = "DIR", Description = "The folder of the results", DefaultValueFactory = _ => "clusters" };
    private readonly Option<string> _format = new("--format") { HelpName = "FORMAT", Description = "The table of the clusters: csv or parquet", DefaultValueFactory = _ => "csv" };

    public void AddTo(ExampleCommand command)
    {
        _format.AcceptOnlyFromAmong("csv", "parquet");
        command.Add(_output);
        command.Add(_format);
    }

    public string Folder(ParseResult parsed) => parsed.GetValue(_output)!;

    public string Format(ParseResult parsed) => parsed.GetValue(_format)!;
}
