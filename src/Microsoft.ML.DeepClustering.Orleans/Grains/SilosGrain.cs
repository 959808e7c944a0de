using Orleans.Concurrency;

namespace Microsoft.ML.DeepClustering.Orleans.Grains;

/// <summary>Answers on the silo that is asked.</summary>
[StatelessWorker]
[GrainType("deep-clustering-silos")]
internal sealed class SilosGrain(ISiloStatusOracle silos, IClusterManifestProvider manifests) : Grain, ISilosGrain
{
    public Task<SiloAddress[]> ListAsync()
    {
        var own = this.GetGrainId().Type;
        var known = manifests.Current.Silos;
        return Task.FromResult(silos.GetApproximateSiloStatuses(onlyActive: true).Keys
            .Where(silo => known.TryGetValue(silo, out var manifest) && manifest.Grains.ContainsKey(own))
            .Order()
            .ToArray());
    }
}
