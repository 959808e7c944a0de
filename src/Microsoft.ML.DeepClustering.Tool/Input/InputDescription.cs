namespace Microsoft.ML.DeepClustering.Tool.Input;

/// <summary>What a model was trained on, saved within its file, so that new data of the same kind are read in the same way.</summary>
internal sealed record InputDescription
{
    /// <summary>That of this version.</summary>
    public const int CurrentFormat = 1;

    public int Format { get; init; } = CurrentFormat;

    public required InputKind Kind { get; init; }

    /// <summary>Of images and IDX; null for tables.</summary>
    public PixelFormat? Pixels { get; init; }

    /// <summary>Of tables, in the order of the features.</summary>
    public IReadOnlyList<ColumnUse> Columns { get; init; } = [];

    /// <summary>The separator of a text file; null where it is to be found.</summary>
    public string? Separator { get; init; }

    /// <summary>Whether a text file begins with the names of its columns; null where that is to be found.</summary>
    public bool? HasHeader { get; init; }

    /// <summary>The column of identifiers; null without.</summary>
    public string? IdColumn { get; init; }

    /// <summary>The column of labels; null without.</summary>
    public string? LabelColumn { get; init; }

    /// <summary>Whether the sub-folders of a folder of images are labels.</summary>
    public bool FolderLabels { get; init; }

    /// <summary>Whether a step outside the ML.NET model makes features: the sentence encoder.</summary>
    public bool UsesSentenceEncoder => Columns.Any(c => c.Role == ColumnRole.Sentence);
}
