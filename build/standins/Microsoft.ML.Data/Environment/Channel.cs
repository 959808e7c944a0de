using System.Diagnostics;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>A channel whose messages go to the log.</summary>
internal sealed class Channel : IChannel
{
    private readonly string _source;
    private readonly Action<LoggingEventArgs> _log;
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private bool _disposed;

    public Channel(string source, Action<LoggingEventArgs> log)
    {
        _source = source;
        _log = log;
        Log(ChannelMessageKind.Trace, "Channel started");
    }

    public string ContextDescription => _source;

    public void Send(ChannelMessage msg) => Log(msg.Kind, msg.Message);

    public void Trace(MessageSensitivity sensitivity, string fmt) => Log(ChannelMessageKind.Trace, fmt);

    public void Trace(MessageSensitivity sensitivity, string fmt, params object[] args) => Log(ChannelMessageKind.Trace, fmt, args);

    public void Info(MessageSensitivity sensitivity, string fmt) => Log(ChannelMessageKind.Info, fmt);

    public void Info(MessageSensitivity sensitivity, string fmt, params object[] args) => Log(ChannelMessageKind.Info, fmt, args);

    public void Warning(MessageSensitivity sensitivity, string fmt) => Log(ChannelMessageKind.Warning, fmt);

    public void Warning(MessageSensitivity sensitivity, string fmt, params object[] args) => Log(ChannelMessageKind.Warning, fmt, args);

    public void Error(MessageSensitivity sensitivity, string fmt) => Log(ChannelMessageKind.Error, fmt);

    public void Error(MessageSensitivity sensitivity, string fmt, params object[] args) => Log(ChannelMessageKind.Error, fmt, args);

    public TException Process<TException>(TException ex)
        where TException : Exception
        => Contracts.Mark(ex);

    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        Log(ChannelMessageKind.Trace, $"Channel finished. Elapsed {_watch.Elapsed:c}.");
        Log(ChannelMessageKind.Trace, "Channel disposed");
    }

    private void Log(ChannelMessageKind kind, string format, params object[] arguments)
        => _log(new LoggingEventArgs(new ChannelMessage(kind, MessageSensitivity.None, format, arguments).Message, kind, _source));
}
