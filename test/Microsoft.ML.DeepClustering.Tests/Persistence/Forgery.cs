namespace Microsoft.ML.DeepClustering.Tests.Persistence;

/// <summary>Holds what becomes of a forged model.</summary>
internal static class Forgery
{
    /// <summary>Expects the refusal of entries, in one sentence that has these parts.</summary>
    public static void IsRefused(IReadOnlyDictionary<string, byte[]> entries, params string[] parts)
    {
        var error = Assert.ThrowsExactly<InvalidDataException>(() => TinyModel.Read(entries).Dispose());
        foreach (var part in parts)
            StringAssert.Contains(error.Message, part);
        Assert.IsFalse(error.Message.Contains('\n') || error.Message.Length > 800, error.Message);
    }

    /// <summary>Expects entries that load with the same weights and scores.</summary>
    public static void Loads(IReadOnlyDictionary<string, byte[]> entries)
    {
        using var model = TinyModel.Read(entries);
        TinyModel.Score(model);
    }
}
