namespace Microsoft.ML.DeepClustering.Methods.DeepKMeans;

/// <summary>The values of α in DKM^a: α_1 = 0.1, α_{n+1} = 2^(1/ln(n+1)²) α_n. Moradi Fard et al. 2020, Section 4.2.</summary>
internal static class AnnealingSchedule
{
    /// <summary>The number of values.</summary>
    public const int Values = 40;

    /// <summary>0.1, 0.423, 0.752, 1.078 ... 28.13.</summary>
    public static IReadOnlyList<double> Alphas { get; } = Compute();

    /// <summary>α in an epoch, from 1, of so many: each value lasts as long as the others.</summary>
    public static double At(int epoch, int epochs) => Alphas[(int)((epoch - 1L) * Values / epochs)];

    private static double[] Compute()
    {
        var alphas = new double[Values];
        alphas[0] = 0.1;
        for (var n = 1; n < Values; n++)
            alphas[n] = Math.Pow(2, 1 / Math.Pow(Math.Log(n + 1), 2)) * alphas[n - 1];
        return alphas;
    }
}
