namespace Microsoft.ML.DeepClustering.Orleans.Tests.Support;

/// <summary>A training as a program of its own: it says what it hears of its runs, and at the end the hash of its model.</summary>
internal static class CallerProgram
{
    public static async Task<int> RunAsync(int[] gateways, string storage, int epochs)
    {
        await using var client = await Client.ConnectAsync(gateways);
        var trained = Trainings.Fit(Trainings.Options(epochs), client.Grains, storage, line => Console.WriteLine(line));
        Console.WriteLine($"model {trained.Model}");
        return 0;
    }
}
