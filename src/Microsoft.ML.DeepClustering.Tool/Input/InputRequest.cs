namespace Microsoft.ML.DeepClustering.Tool.Input;

/// <summary>The input as the user names it on the command line; null or empty is what was not said.</summary>
internal sealed record InputRequest(string Path)
{
    public InputKind? Kind { get; init; }

    public (int Width, int Height)? Size { get; init; }

    public bool Color { get; init; }

    public bool FolderLabels { get; init; }

    public string? LabelFile { get; init; }

    public IReadOnlyList<string> Columns { get; init; } = [];

    public IReadOnlyList<string> TextColumns { get; init; } = [];

    public bool SentenceEncoder { get; init; }

    public string? LabelColumn { get; init; }

    public string? IdColumn { get; init; }

    public string? Separator { get; init; }

    public bool? HasHeader { get; init; }

    /// <summary>Pixels in [-1, 1]: said by the method, not by the user.</summary>
    public bool Centered { get; init; }
}
