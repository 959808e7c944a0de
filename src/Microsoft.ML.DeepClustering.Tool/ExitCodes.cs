namespace Microsoft.ML.DeepClustering.Tool;

/// <summary>How the program ends; every command's help has this list.</summary>
internal static class ExitCodes
{
    public const int Done = 0;
    public const int BadInput = 1;
    public const int Failed = 2;

    /// <summary>128 + SIGINT, as shells have it.</summary>
    public const int Interrupted = 130;

    public const string Help = "0 done; 1 bad input or usage; 2 failure while running; 130 interrupted (Ctrl+C, SIGTERM)";
}
