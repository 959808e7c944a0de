using Microsoft.ML.DeepClustering.Options;

namespace Microsoft.ML.DeepClustering;

/// <summary>
/// BRB, breaking the reclustering barrier: Miklautz et al., "Breaking the reclustering barrier in centroid-based deep clustering", ICLR 2025 (arXiv 2411.02275).
/// Every few epochs after pretraining the encoder is softly reset, k-means places the centroids anew on the embeddings, and the optimiser forgets how
/// they moved; the log says so. The defaults are those of the paper's autoencoder experiments. The reset draws from Kaiming's uniform distribution, with biases within ±1/sqrt(inputs).
/// </summary>
public sealed record BrbOptions
{
    /// <summary>T, epochs from one break to the next, 1 or more; the first is after so many epochs, none after the last epoch. Default: 20.</summary>
    public int Interval { get; init; } = 20;

    /// <summary>
    /// α, the share of each weight that a reset keeps, 0 to 1: θ ← α θ + (1 - α) φ, φ drawn anew. 1 changes nothing, 0 is a hard reset. It is for all layers of the encoder but
    /// the one that gives the embedding; batch normalization and the decoder stay. Default: 0.8.
    /// </summary>
    public double Alpha { get; init; } = 0.8;

    /// <summary>Whether a break resets the encoder. Default: true.</summary>
    public bool ResetsEncoder { get; init; } = true;

    /// <summary>Whether a break places the centroids anew, by k-means from fresh starts; clusters get new numbers. Default: true.</summary>
    public bool Reclusters { get; init; } = true;

    /// <summary>Whether a break zeroes the optimiser's moments of the centroids, where it trains them. Default: true.</summary>
    public bool ResetsMomentum { get; init; } = true;

    /// <summary>Rows that k-means sees at a break, 1 or more and never fewer than clusters; of more they are drawn at random. Default: 10000.</summary>
    public int ReclusteringRows { get; init; } = 10_000;

    /// <summary>Whether rows may be in other clusters after a break than before.</summary>
    internal bool MovesRows => ResetsEncoder || Reclusters;

    /// <summary>Whether a break comes before this epoch.</summary>
    /// <param name="epoch">From 1.</param>
    internal bool IsDue(int epoch) => epoch > 1 && (epoch - 1) % Interval == 0;

    /// <summary>Whether a break comes after this epoch of so many.</summary>
    internal bool IsAhead(int epoch, int epochs) => ((epoch - 1) / Interval + 1) * (long)Interval < epochs;

    internal void Validate(OptionFaults faults, string option)
    {
        faults.AtLeast(Interval, 1, $"{option}.{nameof(Interval)}");
        faults.Require(Alpha is >= 0 and <= 1, $"{option}.{nameof(Alpha)}", Alpha, "0 to 1");
        faults.AtLeast(ReclusteringRows, 1, $"{option}.{nameof(ReclusteringRows)}");
    }
}
