namespace Microsoft.ML.DeepClustering;

/// <summary>Which of several runs is kept. Neither looks at labels.</summary>
public enum RunCriterion
{
    /// <summary>The run of lowest total loss, as in Trosten et al. 2021 and 2024.</summary>
    LowestLoss,

    /// <summary>
    /// The run whose clusters agree most with those of the others: of highest mean adjusted Rand index. Of fewer than three runs that came to
    /// their end with more than one cluster, the one of lowest total loss. The weights of all runs are kept until the last has ended, in a checkpoint too.
    /// </summary>
    Agreement,
}
