namespace Microsoft.ML.DeepClustering.Orleans.Grains;

/// <summary>Knows the silos; any silo answers for itself.</summary>
[Alias("DeepClustering.ISilosGrain")]
internal interface ISilosGrain : IGrainWithIntegerKey
{
    /// <summary>The silos that are up and have this package, in the order of their addresses.</summary>
    [Alias("List")]
    [ResponseTimeout("00:00:10")]
    Task<SiloAddress[]> ListAsync();
}
