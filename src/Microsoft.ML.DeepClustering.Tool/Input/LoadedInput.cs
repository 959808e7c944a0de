using Microsoft.ML.DeepClustering.Tool.Input.Views;

namespace Microsoft.ML.DeepClustering.Tool.Input;

/// <summary>The rows of the input, in their order.</summary>
/// <param name="Description">How they were read.</param>
/// <param name="Features">What the model's preparation takes, and nothing else.</param>
/// <param name="Rows">The number of rows, 1 or more.</param>
internal sealed record LoadedInput(InputDescription Description, TableView Features, int Rows)
{
    /// <summary>What each row is called in the output, under <see cref="NameTitle"/>: the file of an image, or the identifier; null without.</summary>
    public string[]? Names { get; init; }

    /// <summary>The title of <see cref="Names"/>.</summary>
    public string NameTitle { get; init; } = "id";

    /// <summary>The label of each row, empty where it is missing; null without labels.</summary>
    public string[]? Labels { get; init; }

    /// <summary>The first column of text, for the report; null without.</summary>
    public string[]? Texts { get; init; }

    /// <summary>What to tell the user about the input, line by line.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
