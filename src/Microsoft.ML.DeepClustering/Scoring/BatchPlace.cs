namespace Microsoft.ML.DeepClustering.Scoring;

/// <summary>The place in a batch of the row that a cursor stands on, which all its getters share.</summary>
internal sealed class BatchPlace
{
    /// <summary>What <see cref="Row"/> is when the cursor stands on no row.</summary>
    public const int None = -1;

    /// <summary>From 0.</summary>
    public int Row { get; set; } = None;

    /// <summary><see cref="Row"/> for getters, which need one.</summary>
    /// <exception cref="InvalidOperationException">The cursor stands on no row.</exception>
    public int Current => Row >= 0
        ? Row
        : throw new InvalidOperationException("The cursor is not on a row; read values after MoveNext has returned true, and before Dispose.");
}
