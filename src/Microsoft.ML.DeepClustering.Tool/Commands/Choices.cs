using System.CommandLine;

namespace Microsoft.ML.DeepClustering.Tool.Commands;

/// <summary>Options that take one of a few words.</summary>
internal static class Choices
{
    public static Option<string?> Option(string name, string description, params string[] words)
    {
        var option = new Option<string?>(name) { HelpName = string.Join('|', words), Description = description };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !words.Contains(token.Value, StringComparer.OrdinalIgnoreCase))
                result.AddError($"{name} is \"{token.Value}\"; it takes {string.Join(", ", words)}.");
        });
        option.CompletionSources.Add(words);
        return option;
    }
}
