namespace Microsoft.ML.DeepClustering.Training;

/// <summary>The error of a training whose runs all diverged, marked so that a scan can tell it from other errors of its type.</summary>
internal static class NoModel
{
    /// <summary>The error to throw.</summary>
    public static InvalidOperationException CreateError(string message) => new(message) { Data = { [nameof(NoModel)] = true } };

    /// <summary>Whether <see cref="CreateError"/> made the error.</summary>
    public static bool Is(Exception error) => error.Data.Contains(nameof(NoModel));
}
