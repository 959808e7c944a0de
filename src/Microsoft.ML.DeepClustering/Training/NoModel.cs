namespace Microsoft.ML.DeepClustering.Training;

/// <summary>The error of a training that gave no model because each of its runs diverged, told from all others of its type.</summary>
internal static class NoModel
{
    public static InvalidOperationException Error(string message) => new(message) { Data = { [nameof(NoModel)] = true } };

    public static bool Is(Exception error) => error.Data.Contains(nameof(NoModel));
}
