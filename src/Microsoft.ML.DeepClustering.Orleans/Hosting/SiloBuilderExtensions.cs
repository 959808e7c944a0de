using Microsoft.Extensions.DependencyInjection;
using Microsoft.ML.DeepClustering.Orleans.Workers;

namespace Microsoft.ML.DeepClustering.Orleans;

/// <summary>Makes a silo train.</summary>
public static class SiloBuilderExtensions
{
    /// <summary>
    /// Lets a silo make runs of trainings whose options say <c>UseOrleans</c>. The program needs libtorch: TorchSharp-cpu or one of its siblings.
    /// </summary>
    /// <param name="builder">The silo; its clustering is chosen elsewhere.</param>
    /// <param name="configure">Sets the options; null for the defaults.</param>
    /// <returns>The silo.</returns>
    /// <exception cref="ArgumentException">Options are out of range.</exception>
    public static ISiloBuilder AddDeepClusteringWorkers(this ISiloBuilder builder, Action<DeepClusteringWorkerOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var options = new DeepClusteringWorkerOptions();
        configure?.Invoke(options);
        options.Validate();
        builder.Services.AddSingleton(_ => new WorkerService(options));
        return builder;
    }
}
