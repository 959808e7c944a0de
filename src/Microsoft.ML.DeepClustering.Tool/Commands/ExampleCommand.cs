namespace Microsoft.ML.DeepClustering.Tool.Commands;

/// <summary>A command whose help has examples.</summary>
internal sealed class ExampleCommand(string name, string description, params string[] examples) : System.CommandLine.Command(name, description)
{
    public IReadOnlyList<string> Examples => examples;
}
