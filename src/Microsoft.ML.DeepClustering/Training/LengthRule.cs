namespace Microsoft.ML.DeepClustering.Training;

/// <summary>
/// How long a phase is and how many rows a step has, where the options leave it open. Few rows give few steps an epoch: a phase then has smaller
/// batches and more epochs, but not as many steps as large data have, which an autoencoder of millions of weights would use to learn them by heart.
/// </summary>
internal static class LengthRule
{
    // On ten sets of 150 to 1,800 rows k-means on the embeddings was best after 200 to 400 steps of pretraining, with fewer and with more of them worse.
    private const double Steps = 400;

    // An epoch of fewer batches has too little noise; a batch of fewer rows too much, and it costs as much time as a larger one.
    private const long BatchesAnEpoch = 8;
    private const int SmallestBatch = 64;

    /// <summary>Epochs of at least 400 steps together.</summary>
    /// <param name="least">The least number of epochs; 0 is 0.</param>
    /// <param name="rows">Of the data.</param>
    /// <param name="batchSize">Rows a step.</param>
    public static int Epochs(int least, long rows, int batchSize)
        => least == 0 ? 0 : Math.Max(least, (int)Math.Ceiling(Steps / Math.Max(1, rows / batchSize)));

    /// <summary>The largest power of two of which the data have 8 batches, from 64 to the usual size.</summary>
    /// <param name="usual">For many rows.</param>
    /// <param name="rows">Of the data.</param>
    public static int BatchSize(int usual, long rows)
    {
        var size = SmallestBatch;
        while (size < usual && BatchesAnEpoch * 2 * size <= rows)
            size *= 2;
        return Math.Min(size, usual);
    }

    /// <summary>
    /// For losses that compare the rows of a batch and take full batches only: the largest size up to the usual one that leaves out fewer
    /// rows than there are batches.
    /// </summary>
    /// <param name="usual">For many rows.</param>
    /// <param name="rows">Of the data.</param>
    public static int EvenBatchSize(int usual, long rows)
    {
        var batches = (rows + usual - 1) / usual;
        return batches > BatchesAnEpoch ? usual : (int)Math.Max(2, rows / batches);
    }
}
