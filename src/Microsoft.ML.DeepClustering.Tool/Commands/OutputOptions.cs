using System.CommandLine;

namespace Microsoft.ML.DeepClustering.Tool.Commands;

/// <summary>Where the results go and in which format.</summary>
internal sealed class OutputOptions(string usualFolder)
{
    private readonly Option<string> _output = new("--output", "-o") { HelpName = "DIR", Description = "The folder of the results", DefaultValueFactory = _ => usualFolder };
    private readonly Option<string?> _format = Choices.Option("--format", "The format of the table of the clusters. Default: csv", "csv", "parquet");

    public void AddTo(ExampleCommand command)
    {
        command.Add(_output);
        command.Add(_format);
    }

    public string Folder(ParseResult parsed) => parsed.GetValue(_output)!;

    public string Format(ParseResult parsed) => parsed.GetValue(_format)?.ToLowerInvariant() ?? "csv";

    /// <summary>The file of the table of the clusters.</summary>
    public string TableName(ParseResult parsed) => $"clusters.{Format(parsed)}";
}
