using System.CommandLine;

namespace Microsoft.ML.DeepClustering.Tool.Commands;

/// <summary>Options that are whole numbers.</summary>
internal static class Numbers
{
    /// <summary>A number that is not below a least one; null where it is not given.</summary>
    public static Option<int?> Option(string name, int least, string description)
    {
        var option = new Option<int?>(name) { HelpName = "N", Description = description };
        option.Validators.Add(result =>
        {
            // What is no number at all is reported without us.
            if (result.Tokens is [var token] && int.TryParse(token.Value, out var number) && number < least)
                result.AddError($"{name} is {number}; it must be {least} or more.");
        });
        return option;
    }
}
