using System.Net;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;

namespace Microsoft.ML.DeepClustering.Orleans.Tests.Support;

/// <summary>A silo as a program of its own; it says when it is up, and ends with its standard input, so that none outlives its test.</summary>
internal static class SiloProgram
{
    public const string Up = "The silo is up.";

    public static async Task<int> RunAsync(int port, int gateway, int primary, string cache)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders().AddFilter("Microsoft.ML", LogLevel.Information).AddSimpleConsole(options => options.SingleLine = true).SetMinimumLevel(LogLevel.Error);
        builder.UseOrleans(silo => silo
            .UseLocalhostClustering(port, gateway, new IPEndPoint(IPAddress.Loopback, primary))
            // The dead are found in seconds.
            .Configure<ClusterMembershipOptions>(options => (options.ProbeTimeout, options.NumMissedProbesLimit, options.NumVotesForDeathDeclaration) = (TimeSpan.FromSeconds(2), 2, 1))
            .AddDeepClusteringWorkers(options => (options.CacheFolder, options.UploadInterval) = (cache, TimeSpan.FromMilliseconds(200))));
        using var host = builder.Build();
        await host.StartAsync();
        Console.WriteLine(Up);
        await Task.Run(() => Console.In.ReadToEnd());
        await host.StopAsync();
        return 0;
    }
}
