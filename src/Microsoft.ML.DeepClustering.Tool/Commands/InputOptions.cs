using System.CommandLine;
using Microsoft.ML.DeepClustering.Tool.Input;

namespace Microsoft.ML.DeepClustering.Tool.Commands;

/// <summary>The argument INPUT and the options that say how it is read.</summary>
internal sealed class InputOptions
{
    private readonly Argument<string> _input = new("INPUT") { Description = "A folder of images, or a CSV, TSV or IDX file (.gz too) or a Parquet file; what it is, is found by its content" };
    private readonly Option<string?> _kind = Choices.Option("--kind", "What the input is, whatever it looks like", "images", "table", "parquet", "idx");
    private readonly Option<string?> _label = new("--label") { HelpName = "COLUMN", Description = "Tables: a column of known classes, which are only compared with" };
    private readonly Option<string?> _id = new("--id") { HelpName = "COLUMN", Description = "Tables: a column that is passed on to the output. Default: a column \"id\" whose values all differ" };
    private readonly Option<string?> _labels = Choices.Option("--labels", "Images: the sub-folders are known classes, which are only compared with", "folders");
    private readonly Option<string?> _labelFile = new("--label-file") { HelpName = "FILE", Description = "IDX: the file of the known classes, which are only compared with" };
    private readonly Option<string?> _separator = new("--separator") { HelpName = "CHAR", Description = "Text files: comma, semicolon, tab, or the character itself. Default: found by the first lines" };
    private readonly Option<bool> _header = new("--header") { Description = "Text files: the first line has the names of the columns. Default: if it holds no number" };
    private readonly Option<bool> _noHeader = new("--no-header") { Description = "Text files: the first line is a row; the columns are called c1, c2, ..." };

    // Options of a training; a model knows these.
    private readonly Option<string?> _size = new("--size") { HelpName = "WxH", Description = "Images: the size that they are brought to, such as 32 or 48x32; of those of another shape the edges are cut off. Default: 28" };
    private readonly Option<bool> _color = new("--color") { Description = "Images: keep the colours. Default: grey" };
    private readonly Option<string[]> _columns = new("--columns") { HelpName = "A,B", Description = "Tables: the columns that become features. Default: all numbers, and texts of few values one-hot" };
    private readonly Option<string[]> _text = new("--text") { HelpName = "A,B", Description = "Tables: columns of texts that become features by their words. Default: where there are no other features, all texts" };
    private readonly Option<bool> _sentences = new("--sentence-encoder") { Description = "Tables: texts become features by the sentence encoder MiniLM (English, some 10 ms a text)" };

    /// <summary>Adds all options.</summary>
    public void AddAllTo(ExampleCommand command)
    {
        AddTo(command);
        foreach (var option in new Option[] { _size, _color, _columns, _text, _sentences })
            command.Add(option);
    }

    /// <summary>Adds the options of data that a model is there for.</summary>
    public void AddTo(ExampleCommand command)
    {
        command.Add(_input);
        foreach (var option in new Option[] { _kind, _label, _labels, _labelFile, _id, _separator, _header, _noHeader })
            command.Add(option);
        command.Validators.Add(result =>
        {
            if (result.GetValue(_header) && result.GetValue(_noHeader))
                result.AddError("Give either --header or --no-header.");
        });
    }

    public InputRequest Read(ParseResult parsed) => new(parsed.GetValue(_input)!)
    {
        Kind = parsed.GetValue(_kind) is { } kind ? Enum.Parse<InputKind>(kind, ignoreCase: true) : null,
        Size = Size(parsed.GetValue(_size)),
        Color = parsed.GetValue(_color),
        FolderLabels = parsed.GetValue(_labels) != null,
        LabelFile = parsed.GetValue(_labelFile),
        Columns = Names(parsed.GetValue(_columns)),
        TextColumns = Names(parsed.GetValue(_text)),
        SentenceEncoder = parsed.GetValue(_sentences),
        LabelColumn = parsed.GetValue(_label),
        IdColumn = parsed.GetValue(_id),
        Separator = Separator(parsed.GetValue(_separator)),
        HasHeader = parsed.GetValue(_header) ? true : parsed.GetValue(_noHeader) ? false : null,
    };

    private static string[] Names(string[]? values) => [.. (values ?? []).SelectMany(v => v.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))];

    private static (int Width, int Height)? Size(string? text)
    {
        if (text == null)
            return null;
        var parts = text.Split('x').Select(p => int.TryParse(p, out var side) && side is >= 4 and <= 1024 ? side : 0).ToArray();
        return parts switch
        {
            [> 0 and var side] => (side, side),
            [> 0 and var width, > 0 and var height] => (width, height),
            _ => throw new ToolFault($"--size is \"{text}\"; give a side, or width x height, of 4 to 1024 pixels, such as 32 or 48x32."),
        };
    }

    private static string? Separator(string? text) => text?.ToLowerInvariant() switch
    {
        null => null,
        "comma" => ",",
        "semicolon" => ";",
        "tab" or "\\t" => "\t",
        { Length: 1 } single when single is not ("\"" or "\n" or "\r") => single,
        _ => throw new ToolFault($"--separator is \"{text}\"; give comma, semicolon, tab, or one character."),
    };
}
