namespace Microsoft.ML.DeepClustering;

/// <summary>
/// Options of DEC, deep embedded clustering: Xie, Girshick and Farhadi, "Unsupervised deep embedding for clustering analysis", ICML 2016.
/// On the convolutional network it is the DEC-Conv of Trosten et al. 2024.
/// </summary>
public sealed class DecOptions : DecFamilyOptions
{
    /// <summary>The settings of the code of Trosten et al. 2024: 200 epochs of pretraining, then 400; Adam at 1e-3, batches of 256, the target refreshed every 140 epochs.</summary>
    public static DecOptions Pr24()
    {
        var options = new DecOptions();
        options.SetPr24(1e-3);
        return options;
    }
}
