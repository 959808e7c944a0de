using System.CommandLine;

namespace Microsoft.ML.DeepClustering.Tool.Commands;

/// <summary>The argument MODEL.</summary>
internal static class ModelArgument
{
    public static Argument<string> Create() => new("MODEL") { Description = "The model.zip that train has written" };
}
