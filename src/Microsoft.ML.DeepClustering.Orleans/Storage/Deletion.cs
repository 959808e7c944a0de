namespace Microsoft.ML.DeepClustering.Orleans.Storage;

/// <summary>Deletes files that are no longer of use, as far as that can be done: what has been made, or what went wrong before, counts for more.</summary>
internal static class Deletion
{
    /// <summary>Deletes a file if it is there.</summary>
    public static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Another process has it open.
        }
    }
}
