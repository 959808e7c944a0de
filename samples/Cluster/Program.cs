using System.Diagnostics;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.ML;
using Microsoft.ML.DeepClustering;
using Microsoft.ML.DeepClustering.Orleans;
using StackExchange.Redis;

// Spreads the four runs of a training over the silos of an Orleans cluster. Start silos, each in a terminal of its own, and then the training:
//   dotnet run -c Release --project samples/Cluster -- silo
//   dotnet run -c Release --project samples/Cluster -- silo --port 11112
//   dotnet run -c Release --project samples/Cluster -- train
// The training may be killed, and any silo but the first: started again, it goes on. On several machines: --redis HOST:PORT, with which any silo may be killed, and --storage, a folder that all have mounted.
// Data: E. Alpaydin and C. Kaynak, Optical Recognition of Handwritten Digits, UCI Machine Learning Repository, licence CC BY 4.0.
const int FirstPort = 11111, FirstGateway = 30000;
var redis = Option("--redis");
var storage = Directory.CreateDirectory(Option("--storage") ?? Path.Combine(Path.GetTempPath(), "deep-clustering-storage")).FullName;
var builder = Host.CreateApplicationBuilder();
builder.Logging.SetMinimumLevel(LogLevel.Error);
switch (args.FirstOrDefault())
{
    case "silo":
        await RunSiloAsync(int.Parse(Option("--port") ?? $"{FirstPort}"));
        return 0;
    case "train":
        try
        {
            await TrainAsync();
            return 0;
        }
        catch (TimeoutException e)
        {
            Console.Error.WriteLine($"No silo answers ({e.Message}); start one.");
            return 1;
        }

    default:
        Console.Error.WriteLine("Say silo or train; both take --redis HOST:PORT and --storage FOLDER, silo takes --port NUMBER and --first NUMBER, the port of the first silo here.");
        return 1;
}

async Task RunSiloAsync(int port)
{
    var gateway = FirstGateway + port - FirstPort;
    builder.UseOrleans(silo =>
    {
        if (redis != null)
            silo.ConfigureEndpoints(port, gateway).UseRedisClustering(o => o.ConfigurationOptions = ConfigurationOptions.Parse(redis));
        else
            silo.UseLocalhostClustering(port, gateway, new IPEndPoint(IPAddress.Loopback, int.Parse(Option("--first") ?? $"{FirstPort}")));
        silo.AddDeepClusteringWorkers(workers => workers.Storages.Add(Storage()));
    });
    using var host = builder.Build();
    await host.StartAsync();
    Console.WriteLine($"The silo is up on port {port}; Ctrl+C stops it.");
    await host.WaitForShutdownAsync();
}

async Task TrainAsync()
{
    builder.UseOrleansClient(client =>
    {
        if (redis != null)
            client.UseRedisClustering(o => o.ConfigurationOptions = ConfigurationOptions.Parse(redis));
        else
            client.UseLocalhostClustering([FirstGateway, FirstGateway + 1]);
    });
    using var host = builder.Build();
    // A client waits for the first silo.
    await host.StartAsync().WaitAsync(TimeSpan.FromMinutes(1));

    var ml = new MLContext(seed: 1);
    var options = new IdecOptions { NumberOfClusters = 10, PretrainingEpochs = 30, NumberOfEpochs = 20, NumberOfRuns = 4, Seed = 1 };
    options.UseOrleans(host.Services.GetRequiredService<IClusterClient>(), Storage());
    var watch = Stopwatch.StartNew();
    var data = ml.Data.LoadFromEnumerable(Digit.ReadAll());
    using var model = ml.Clustering.Trainers.Idec(options).Fit(data);
    foreach (var (i, run) in model.History.Runs.Index())
        Console.WriteLine($"Run {i + 1}: loss {run.LowestLoss:0.0000}{(i == model.History.BestRunIndex ? ", kept" : "")}");
    var metrics = ml.Clustering.EvaluateDeepClustering(model.Transform(data), labelColumnName: "Label");
    Console.WriteLine($"Accuracy {metrics.Accuracy:0.000} after {watch.Elapsed.TotalSeconds:0.0} s.");
    await host.StopAsync();
}

// Known by its name, wherever a machine has it mounted.
FolderRunStorage Storage() => new(storage, "trainings");

string? Option(string name) => Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : null;
