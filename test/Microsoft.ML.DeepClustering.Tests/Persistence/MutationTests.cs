using System.Buffers.Binary;

namespace Microsoft.ML.DeepClustering.Tests.Persistence;

/// <summary>Whatever is done to the bytes of a model file, it is loaded or refused in a sentence.</summary>
[TestClass]
public sealed class MutationTests
{
    // Each seed makes so many damaged files.
    private const int PerSeed = 100;

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public void Read_MutatedEntries_LoadOrAreRefused() => MutateEntries(firstSeed: 1, seeds: 15);

    [TestMethod]
    [TestCategory("Slow")]
    public void Read_ManyMutatedEntries_LoadOrAreRefused() => MutateEntries(firstSeed: 1000, seeds: 200);

    [TestMethod]
    public void Load_MutatedZips_LoadOrAreRefused() => MutateZips(firstSeed: 1, seeds: 5);

    [TestMethod]
    [TestCategory("Slow")]
    public void Load_ManyMutatedZips_LoadOrAreRefused() => MutateZips(firstSeed: 1000, seeds: 50);

    private void MutateEntries(int firstSeed, int seeds)
    {
        var model = TinyModel.Trained;
        var loading = new Loading();
        Parallel.For(firstSeed, firstSeed + seeds, seed =>
        {
            var mutator = new Mutator(seed);
            for (var i = 0; i < PerSeed; i++)
                loading.Try(model, MutateEntry(model, mutator), $"seed {seed}, file {i}");
        });
        Report("entries", seeds, loading);
    }

    // Each entry a third of the time; weights half of the time with the right hash, as only a forger has it.
    private static Dictionary<string, byte[]> MutateEntry(TinyModel model, Mutator mutator)
    {
        if (mutator.Next(3) > 0)
        {
            var entry = mutator.Flip() ? TinyModel.Options : TinyModel.History;
            return model.With(entry, mutator.Mutate(model.Entries[entry], int.MaxValue, isJson: true));
        }

        var weights = model.Entries[TinyModel.Weights];
        var header = 8 + (int)BinaryPrimitives.ReadInt64LittleEndian(weights);
        var mutated = mutator.Flip()
            ? [.. mutator.Mutate(weights[..header], header, isJson: true), .. weights[header..]]
            : mutator.Mutate(weights, header, isJson: false);
        return mutator.Flip() ? model.WithWeights(mutated) : model.With(TinyModel.Weights, mutated);
    }

    private void MutateZips(int firstSeed, int seeds)
    {
        var model = TinyModel.Zeroed;
        // Some changes of the schema, which has a format of its own, let ML.NET's reader of it run for ever, whatever the model.
        var frameworkEntries = TinyModel.FrameworkEntries.Where(e => e != "Schema").ToDictionary(e => e, model.ZipEntry);
        var loading = new Loading();
        Parallel.For(firstSeed, firstSeed + seeds, seed =>
        {
            var mutator = new Mutator(seed);
            for (var i = 0; i < PerSeed; i++)
                loading.TryZip(model, MutateZip(model, frameworkEntries, mutator), $"seed {seed}, file {i}");
        });
        Report("zip", seeds, loading);
    }

    // Half of the time the zip as it lies on the disk, half of the time what ML.NET has in it.
    private static byte[] MutateZip(TinyModel model, Dictionary<string, byte[]> frameworkEntries, Mutator mutator)
    {
        if (mutator.Flip())
            return mutator.Mutate(model.Zip, model.Zip.Length, isJson: false);
        var (name, content) = frameworkEntries.ElementAt(mutator.Next(frameworkEntries.Count));
        return model.ZipWith(name, mutator.Mutate(content, int.MaxValue, isJson: false));
    }

    private void Report(string what, int seeds, Loading loading)
    {
        TestContext.WriteLine($"Mutations of the {what}, {seeds * PerSeed}: {loading}");
        Assert.AreEqual(seeds * PerSeed, Enum.GetValues<LoadingOutcome>().Sum(o => loading[o]));
        // A test that only ever sees one outcome would not try what it says.
        Assert.IsGreaterThan(0, loading[LoadingOutcome.Refused]);
        Assert.IsGreaterThan(0, loading[LoadingOutcome.LoadedOther] + loading[LoadingOutcome.LoadedEqual]);
    }
}
