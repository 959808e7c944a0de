using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.ML.DeepClustering.Persistence;

namespace Microsoft.ML.DeepClustering.Execution;

/// <summary>The work of a child process: makes the runs that its parent orders, one after the other, until the parent wants no more or is gone.</summary>
/// <param name="channel">To the parent.</param>
internal sealed class WorkerProcess(WorkerChannel channel) : IProgress<RunMessage>
{
    private readonly BlockingCollection<WorkerOrder> _orders = [];
    private readonly CancellationTokenSource _end = new();
    private bool _hasProgress;

    /// <summary>Returns when the work is done.</summary>
    public void Run()
    {
        new Thread(ReadOrders) { IsBackground = true, Name = "orders of the parent" }.Start();
        channel.Send(new(Hello: LibraryVersion.Text));
        foreach (var order in _orders.GetConsumingEnumerable())
        {
            if (!_end.IsCancellationRequested)
                Make(order);
        }
    }

    /// <summary>Hands on what the run says.</summary>
    public void Report(RunMessage value)
    {
        if (value.Progress is null || _hasProgress)
            channel.Send(new(Message: value));
    }

    private void ReadOrders()
    {
        try
        {
            while (channel.Read() is { } order)
                _orders.Add(order);
        }
        catch (JsonException)
        {
            // A parent that is killed may leave half a line.
        }
        finally
        {
            // A parent that is gone needs no result.
            _end.Cancel();
            _orders.CompleteAdding();
        }
    }

    private void Make(WorkerOrder order)
    {
        _hasProgress = order.HasProgress;
        try
        {
            RunWorker.Train(order.Request, order.DataPath, order.CheckpointPath, this, _end.Token);
            channel.Send(new(IsDone: true));
        }
        catch (OperationCanceledException) when (_end.IsCancellationRequested)
        {
            // The checkpoint stays.
        }
        catch (Exception fault)
        {
            channel.Send(new(Fault: fault.Message, FaultType: fault.GetType().Name));
        }
    }
}
