namespace Microsoft.ML.DeepClustering.Training;

/// <summary>
/// How long a phase is and how many rows a step has, where the options leave it open. Few rows give few steps an epoch: a phase then has more
/// epochs, but not as many steps as large data have, which an autoencoder of millions of weights would use to learn them by heart.
/// </summary>
internal static class LengthRule
{
    /// <summary>
    /// The least steps of pretraining. On eleven sets of 150 to 1,000 rows k-means on the embeddings was as good after 100, 200 and 400 steps of these
    /// batches, and worse, more so from seed to seed, after as many of 64 rows.
    /// </summary>
    public const int PretrainingSteps = 400;

    /// <summary>The least steps after pretraining: 400 were no better on these sets.</summary>
    public const int Steps = 200;

    // One batch more or less no longer matters.
    private const long ManyBatches = 8;

    /// <summary>Epochs of a number of steps together, or more.</summary>
    /// <param name="least">The least number of epochs; 0 is 0.</param>
    /// <param name="steps">The least number of steps.</param>
    /// <param name="rows">Of the data.</param>
    /// <param name="batchSize">Rows a step.</param>
    public static int Epochs(int least, int steps, long rows, int batchSize)
    {
        // A last batch of few rows or none is not counted.
        var batches = Math.Max(1, Math.Round((double)rows / batchSize));
        return least == 0 ? 0 : Math.Max(least, (int)Math.Ceiling(steps / batches));
    }

    /// <summary>The usual size; few rows are parted into as many batches, which differ by fewer rows than there are batches.</summary>
    /// <param name="usual">For many rows.</param>
    /// <param name="rows">Of the data.</param>
    public static int BatchSize(int usual, long rows)
    {
        var batches = Batches(usual, rows);
        return batches > ManyBatches ? usual : (int)Math.Max(2, (rows + batches - 1) / batches);
    }

    /// <summary>The same for losses that take full batches only: it leaves out fewer rows than there are batches.</summary>
    /// <param name="usual">For many rows.</param>
    /// <param name="rows">Of the data.</param>
    public static int FullBatchSize(int usual, long rows)
    {
        var batches = Batches(usual, rows);
        return batches > ManyBatches ? usual : (int)Math.Max(2, rows / batches);
    }

    private static long Batches(int usual, long rows) => (rows + usual - 1) / usual;
}
