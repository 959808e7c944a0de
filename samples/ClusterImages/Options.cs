using System.CommandLine;

namespace ClusterImages;

/// <summary>Options of either command.</summary>
internal static class Options
{
    public static Option<string> Model { get; } = new("--model")
    {
        HelpName = "FILE",
        Description = "The file of the model",
        DefaultValueFactory = _ => "cluster-images.zip",
    };

    /// <summary>A whole number that is not below a least one.</summary>
    public static Option<int> Number(string name, int value, int least, string description)
    {
        var option = new Option<int>(name) { HelpName = "N", Description = description, DefaultValueFactory = _ => value };
        option.Validators.Add(result =>
        {
            // What is no number at all is reported without us.
            if (result.Tokens is [var token] && int.TryParse(token.Value, out var number) && number < least)
                result.AddError($"{name} is {number}; it must be {least} or more.");
        });
        return option;
    }
}
