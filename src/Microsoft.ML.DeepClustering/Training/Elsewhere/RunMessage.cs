using System.Text.Json;
using Microsoft.ML.DeepClustering.Training.Elsewhere;

namespace Microsoft.ML.DeepClustering;

/// <summary>What a run elsewhere tells the caller: a line of text, or how far it has come.</summary>
/// <param name="Text">A line for the log; null when there is none.</param>
/// <param name="IsWarning">Whether the user should not miss the text.</param>
/// <param name="Progress">Where the run stands, as the only one of its training; null when the message is a text.</param>
public sealed record RunMessage(string? Text = null, bool IsWarning = false, TrainingProgress? Progress = null)
{
    /// <summary>The message as JSON on one line.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, RunMessageJsonContext.Default.RunMessage);

    /// <summary>The message that <see cref="ToJson"/> has written.</summary>
    /// <exception cref="FormatException">The text is not the JSON of a message.</exception>
    public static RunMessage Parse(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            return JsonSerializer.Deserialize(json, RunMessageJsonContext.Default.RunMessage) ?? throw new FormatException("The text of a run's message is null.");
        }
        catch (JsonException e)
        {
            throw new FormatException($"The text is not the JSON of a run's message: {e.Message}", e);
        }
    }
}
