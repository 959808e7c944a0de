namespace Microsoft.ML.DeepClustering.Reporting;

/// <summary>How the vertical axis of a line chart is made.</summary>
internal enum ValueAxis
{
    /// <summary>Linear, as wide as the values.</summary>
    FromValues,

    /// <summary>Logarithmic if all values are positive and span more than two decades, else as <see cref="FromValues"/>.</summary>
    Loss,

    /// <summary>0 to 1, wider only where values lie outside.</summary>
    Share,

    /// <summary>0 to 1 with a line at 0.5, where the gradients of two objectives are orthogonal.</summary>
    Mismatch,
}
