using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>An environment or a component's own host in one.</summary>
internal sealed class HostEnvironment : IHost
{
    private readonly Lock _lock = new();
    private readonly string _name;
    private readonly bool _verbose;

    public HostEnvironment(EnvironmentSettings settings)
    {
        Settings = settings;
        ComponentCatalog = new ComponentCatalog();
        ComponentCatalog.RegisterAssembly(typeof(HostEnvironment).Assembly);
        Rand = settings.Seed is { } seed ? new Random(seed) : new Random();
        _verbose = true;
    }

    private HostEnvironment(HostEnvironment parent, string name, int? seed, bool verbose)
    {
        Settings = parent.Settings;
        ComponentCatalog = parent.ComponentCatalog;
        _name = name;
        _verbose = verbose;
        Rand = new Random(seed ?? parent.NextSeed());
    }

    public EnvironmentSettings Settings { get; }

    /// <summary>The real environment has these two on an interface that is not public.</summary>
    public int? GpuDeviceId => Settings.GpuDeviceId;

    public bool FallbackToCpu => Settings.FallbackToCpu;

    public ComponentCatalog ComponentCatalog { get; }

    public Random Rand { get; }

    public string ContextDescription => _name ?? "HostEnvironment";

    public IHost Register(string name, int? seed = null, bool? verbose = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return new HostEnvironment(this, name, seed, verbose ?? _verbose);
    }

    public IChannel Start(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return new Channel(FullName(name), _verbose ? Settings.Log : static _ => { });
    }

    public IPipe<TMessage> StartPipe<TMessage>(string name)
        => typeof(TMessage) == typeof(ChannelMessage) ? (IPipe<TMessage>)Start(name) : new SilentPipe<TMessage>(FullName(name));

    public IProgressChannel StartProgressChannel(string name) => new SilentProgress();

    public TException Process<TException>(TException ex)
        where TException : Exception
        => Contracts.Mark(ex);

    private string FullName(string name) => _name == null ? name : $"{_name}; {name}";

    private int NextSeed()
    {
        lock (_lock)
            return Rand.Next();
    }
}
