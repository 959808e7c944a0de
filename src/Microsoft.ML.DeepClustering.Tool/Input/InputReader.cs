using Microsoft.ML.DeepClustering.Tool.Input.Images;
using Microsoft.ML.DeepClustering.Tool.Input.Tables;
using Microsoft.ML.DeepClustering.Tool.Input.Views;
using Microsoft.ML.DeepClustering.Tool.Progress;

namespace Microsoft.ML.DeepClustering.Tool.Input;

/// <summary>Reads the input of a training, or new data as a model wants them.</summary>
internal sealed class InputReader(ToolConsole console, CancellationToken cancellation)
{
    private const int UsualSide = 28;

    /// <summary>Reads data to train on: the user and the data themselves say what becomes of them.</summary>
    public async Task<LoadedInput> ReadAsync(InputRequest request)
    {
        var kind = request.Kind ?? KindDetection.Detect(request.Path);
        RefuseForeignOptions(request, kind);
        switch (kind)
        {
            case InputKind.Images:
                var (width, height) = request.Size ?? (UsualSide, UsualSide);
                return Images(request, new() { Kind = kind, Pixels = new(width, height, request.Color, request.Centered), FolderLabels = request.FolderLabels });
            case InputKind.Idx:
                var file = IdxFile.Read(request.Path);
                return Idx(request, file, new() { Kind = kind, Pixels = IdxImages.FormatOf(file, request.Path, request.Centered) });
            default:
                var (table, skipped) = await TableOf(request, kind);
                var choice = new ColumnChoice(table, request);
                var description = new InputDescription
                {
                    Kind = kind, Columns = choice.Columns, Separator = table.Separator, HasHeader = table.HasHeader, IdColumn = choice.IdColumn, LabelColumn = choice.LabelColumn,
                };
                return new TableInput(table, description, console, cancellation).Load([.. choice.LeftOut, .. skipped.Select(s => $"{s} (neither numbers nor texts)")], choice.Notes);
        }
    }

    /// <summary>Reads data as a model wants them.</summary>
    public async Task<LoadedInput> ReadAsync(InputRequest request, InputDescription model)
    {
        var kind = request.Kind ?? KindDetection.Detect(request.Path);
        if (IsTable(kind) != IsTable(model.Kind) || (kind == InputKind.Images) != (model.Kind == InputKind.Images))
            throw new ToolFault($"The model was trained on {Name(model.Kind)}, and {request.Path} is {Name(kind)}.");
        RefuseForeignOptions(request, kind);
        switch (kind)
        {
            case InputKind.Images:
                return Images(request, model with { FolderLabels = request.FolderLabels || model.FolderLabels });
            case InputKind.Idx:
                var file = IdxFile.Read(request.Path);
                var format = IdxImages.FormatOf(file, request.Path, model.Pixels!.Centered);
                return format == model.Pixels
                    ? Idx(request, file, model)
                    : throw new ToolFault($"The model was trained on images of {model.Pixels}; those of {request.Path} have {format}.");
            default:
                var (table, _) = await TableOf(request with { Separator = request.Separator ?? model.Separator, HasHeader = request.HasHeader ?? model.HasHeader }, kind);
                var description = model with { Kind = kind, IdColumn = Passed(table, request.IdColumn, model.IdColumn, "--id"), LabelColumn = Passed(table, request.LabelColumn, model.LabelColumn, "--label") };
                return new TableInput(table, description, console, cancellation).Load([], []);
        }
    }

    private LoadedInput Images(InputRequest request, InputDescription description)
    {
        var files = ImageFolder.Find(request.Path);
        console.Work($"Reading {files.Length:N0} images", _ =>
        {
            ImageFolder.Check(files, cancellation);
            return files.Length;
        });
        var labels = description.FolderLabels ? ImageFolder.Labels(request.Path, files) : null;
        if (labels != null && Array.TrueForAll(labels, l => l.Length == 0))
        {
            if (request.FolderLabels)
                throw new ToolFault($"--labels folders takes the sub-folders as labels, but {request.Path} has no images in sub-folders.");
            // Only the model had them.
            labels = null;
        }

        return new(description, new([ViewColumn.Texts(ImageFolder.PathColumn, files)], files.Length), files.Length)
        {
            Names = Array.ConvertAll(files, f => Path.GetRelativePath(request.Path, f).Replace('\\', '/')),
            NameTitle = "file",
            Labels = labels,
            Notes = [$"{description.Pixels}", .. labels == null ? Array.Empty<string>() : ["label, only compared with: the sub-folder"]],
        };
    }

    private static LoadedInput Idx(InputRequest request, IdxFile file, InputDescription description)
    {
        var labels = request.LabelFile == null ? null : IdxImages.Labels(request.LabelFile, file.Count, request.Path);
        return new(description, new([IdxImages.Pixels(file, description.Pixels!)], file.Count), file.Count)
        {
            Labels = labels,
            Notes = [$"{description.Pixels}", .. labels == null ? Array.Empty<string>() : [$"label, only compared with: {request.LabelFile}"]],
        };
    }

    private async Task<(Table Table, IReadOnlyList<string> Skipped)> TableOf(InputRequest request, InputKind kind) => kind == InputKind.Parquet
        ? await ParquetTable.ReadAsync(request.Path, cancellation)
        : (TextTable.Read(request.Path, request.Separator, request.HasHeader, cancellation), []);

    // A column that the user names must be there; one that only the model knows need not.
    private static string? Passed(Table table, string? named, string? model, string option)
        => named != null ? table.Find(named, option).Name : table.Columns.FirstOrDefault(c => c.Name == model)?.Name;

    private static bool IsTable(InputKind kind) => kind is InputKind.Table or InputKind.Parquet;

    private static string Name(InputKind kind) => kind switch
    {
        InputKind.Images => "a folder of images",
        InputKind.Table => "a table (CSV or TSV)",
        InputKind.Parquet => "a Parquet file",
        _ => "an IDX file",
    };

    // An option that has no effect is a mistake better told than passed over.
    private static void RefuseForeignOptions(InputRequest request, InputKind kind)
    {
        var table = IsTable(kind);
        (bool Given, bool Fits, string Option, string For)[] options =
        [
            (request.Size != null, kind == InputKind.Images, "--size", "a folder of images"),
            (request.Color, kind == InputKind.Images, "--color", "a folder of images"),
            (request.FolderLabels, kind == InputKind.Images, "--labels", "a folder of images"),
            (request.LabelFile != null, kind == InputKind.Idx, "--label-file", "an IDX file"),
            (request.Columns.Count > 0, table, "--columns", "a table"),
            (request.TextColumns.Count > 0, table, "--text", "a table"),
            (request.SentenceEncoder, table, "--sentence-encoder", "a table"),
            (request.LabelColumn != null, table, "--label", "a table"),
            (request.IdColumn != null, table, "--id", "a table"),
            (request.Separator != null, kind == InputKind.Table, "--separator", "a text file"),
            (request.HasHeader != null, kind == InputKind.Table, "--header and --no-header", "a text file"),
        ];
        foreach (var (given, fits, option, what) in options)
        {
            if (given && !fits)
                throw new ToolFault($"{option} is for {what}, and {request.Path} is {Name(kind)}.");
        }
    }
}
