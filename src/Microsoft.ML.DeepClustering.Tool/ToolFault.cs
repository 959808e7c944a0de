namespace Microsoft.ML.DeepClustering.Tool;

/// <summary>The user's input or usage is at fault: one sentence that says what was seen, where, and what to do. Ends the program with <see cref="ExitCodes.BadInput"/>.</summary>
internal sealed class ToolFault : Exception
{
    public ToolFault(string message)
        : base(message)
    {
    }

    public ToolFault(string message, Exception cause)
        : base(message, cause)
    {
    }

    /// <summary>A fault at a line of a file.</summary>
    public static ToolFault At(string path, long line, string what) => new($"{path}, line {line}: {what}");
}
