using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.ML.DeepClustering;
using Microsoft.ML.DeepClustering.Orleans;
using StackExchange.Redis;

namespace Experiments;

/// <summary>An Orleans cluster that trains in the place of this machine's processes: silos as <c>samples/Cluster</c> starts them.</summary>
/// <param name="Address">Gateways, HOST:PORT with commas between, or redis://HOST:PORT.</param>
/// <param name="Storage">A folder that all silos reach.</param>
internal sealed record ClusterChoice(string Address, string Storage)
{
    private const string RedisPrefix = "redis://";

    // A client waits for the first silo.
    private static readonly TimeSpan TimeToConnect = TimeSpan.FromMinutes(1);

    /// <summary>Null for an address that is none.</summary>
    /// <param name="address">What --orleans says; null where it is not there.</param>
    /// <param name="storage">What --orleans-storage says.</param>
    /// <exception cref="ArgumentException">The address is no address.</exception>
    public static ClusterChoice? Of(string? address, string storage)
    {
        if (address is null)
            return null;
        var choice = new ClusterChoice(address, PathOption.Full("--orleans-storage", storage));
        if (!choice.IsRedis)
            choice.Gateways();
        return choice;
    }

    /// <summary>Connects to the cluster. The host is the caller's to dispose.</summary>
    public async Task<(IHost Host, RunExecutor Executor)> ConnectAsync()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        builder.UseOrleansClient(client =>
        {
            if (IsRedis)
                client.UseRedisClustering(o => o.ConfigurationOptions = ConfigurationOptions.Parse(Address[RedisPrefix.Length..]));
            else
                client.UseStaticClustering(Gateways());
        });
        var host = builder.Build();
        try
        {
            await host.StartAsync().WaitAsync(TimeToConnect);
        }
        catch (TimeoutException e)
        {
            throw new InvalidOperationException($"No silo answers at {Address}; start one, or name another address with --orleans.", e);
        }

        return (host, new OrleansRunExecutor(host.Services.GetRequiredService<IClusterClient>(), new FolderRunStorage(Directory.CreateDirectory(Storage).FullName)));
    }

    private bool IsRedis => Address.StartsWith(RedisPrefix, StringComparison.Ordinal);

    private IPEndPoint[] Gateways() => Array.ConvertAll(Address.Split(','), gateway => gateway.Split(':') is [{ Length: > 0 } name, var port] && ushort.TryParse(port, out var number)
        ? new IPEndPoint(IPAddress.TryParse(name, out var address) ? address : Resolved(name), number)
        : throw new ArgumentException($"--orleans is {Address}; it must be HOST:PORT, several with commas between, or {RedisPrefix}HOST:PORT."));

    // Silos on this machine listen on its address of IPv4.
    private static IPAddress Resolved(string name)
    {
        var addresses = Dns.GetHostAddresses(name);
        return Array.Find(addresses, a => a.AddressFamily == AddressFamily.InterNetwork) ?? addresses[0];
    }
}
