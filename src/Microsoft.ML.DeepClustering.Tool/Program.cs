using System.Runtime.InteropServices;
using System.Text;
using Microsoft.ML.DeepClustering.Tool;
using Microsoft.ML.DeepClustering.Tool.Progress;

// The command deep-cluster.
using var cancellation = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
if (Console.IsOutputRedirected)
    Console.OutputEncoding = new UTF8Encoding(false);
return await ToolProgram.RunAsync(args, ToolConsole.OfProcess(), cancellation.Token);

// The first signal ends the work in good order, the second one the process.
void Stop(PosixSignalContext signal)
{
    signal.Cancel = !cancellation.IsCancellationRequested;
    cancellation.Cancel();
}
