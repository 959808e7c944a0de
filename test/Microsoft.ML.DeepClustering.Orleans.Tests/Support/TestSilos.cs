using System.Net;
using System.Net.Sockets;

namespace Microsoft.ML.DeepClustering.Orleans.Tests.Support;

/// <summary>Two silos, each a process, a client, and a folder that all reach.</summary>
internal sealed class TestSilos : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("deep-clustering-orleans-");
    private readonly int[] _ports = FreePorts(4);
    private readonly OwnProcess?[] _silos = new OwnProcess?[2];
    private Client? _client;

    private TestSilos() => Directory.CreateDirectory(Storage);

    /// <summary>The storage of this test.</summary>
    public string Storage => PathOf("storage");

    public int[] Gateways => _ports[2..];

    public IClusterClient Grains => _client!.Grains;

    public static async Task<TestSilos> StartAsync()
    {
        var silos = new TestSilos();
        await silos.StartSilosAsync();
        silos._client = await Client.ConnectAsync(silos.Gateways);
        return silos;
    }

    public string PathOf(string name) => Path.Combine(_folder.FullName, name);

    /// <summary>A new empty storage.</summary>
    public string NewStorage() => Directory.CreateDirectory(PathOf(Guid.NewGuid().ToString("N"))).FullName;

    /// <summary>A silo's address, as messages have it. The first one keeps the list of members: without it none is declared dead.</summary>
    public string Address(int silo) => $"127.0.0.1:{_ports[silo]}";

    public string[] Lines(int silo) => _silos[silo]!.Lines;

    public void Kill(int silo) => _silos[silo]!.Kill();

    public void Stop(int silo) => _silos[silo]!.Stop();

    /// <summary>Starts the silos that do not run.</summary>
    public async Task StartSilosAsync()
    {
        for (var i = 0; i < _silos.Length; i++)
        {
            _silos[i]?.Dispose();
            _silos[i] = new("silo", $"{_ports[i]}", $"{_ports[2 + i]}", $"{_ports[0]}", PathOf("cache"));
            await _silos[i]!.LineAsync(SiloProgram.Up);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var silo in _silos)
            silo?.Dispose();
        if (_client != null)
            await _client.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private static int[] FreePorts(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToArray();
        foreach (var listener in listeners)
            listener.Start();
        var ports = listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port).ToArray();
        foreach (var listener in listeners)
            listener.Dispose();
        return ports;
    }
}
