using System.Text;
using System.Text.Json.Nodes;

namespace Microsoft.ML.DeepClustering.Tests.Persistence;

/// <summary>Damage to a JSON entry is noticed even where it leaves JSON that can be read.</summary>
[TestClass]
public sealed class ChecksumsTests
{
    private static readonly TinyModel _model = TinyModel.Trained;

    public static IEnumerable<object[]> Entries => [[TinyModel.Options], [TinyModel.History], [TinyModel.Checksums]];

    [TestMethod]
    [DynamicData(nameof(Entries))]
    public void Read_AnyBitFlipped_IsRefused(string entry)
    {
        var content = _model.Entries[entry];
        for (var bit = 0; bit < 8 * content.Length; bit++)
        {
            var flipped = (byte[])content.Clone();
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            Forgery.IsRefused(_model.Damaged(entry, flipped), "is damaged");
        }
    }

    [TestMethod]
    [DataRow(TinyModel.Options, "\"BatchSize\": 20", "\"BatchSize\": 21")]
    [DataRow(TinyModel.History, "\"Seed\": 5", "\"Seed\": 4")]
    public void Read_OtherNumberThatIsInItsRange_NamesTheEntry(string entry, string saved, string read)
    {
        var text = Encoding.UTF8.GetString(_model.Entries[entry]);
        StringAssert.Contains(text, saved);
        var damaged = Encoding.UTF8.GetBytes(text.Replace(saved, read));
        Forgery.IsRefused(_model.Damaged(entry, damaged), $"entry {entry} is damaged: its SHA-256 is not the one in {TinyModel.Checksums}.");
        Forgery.Loads(_model.With(entry, damaged));
    }

    [TestMethod]
    public void Read_WithoutChecksums_LoadsAsAnOlderModel()
    {
        var entries = new Dictionary<string, byte[]>(_model.Entries);
        Assert.IsTrue(entries.Remove(TinyModel.Checksums));
        Forgery.Loads(entries);
    }

    [TestMethod]
    [DataRow("{}", "it has no SHA-256 of Options.json")]
    [DataRow("[]", "JSON")]
    [DataRow("", "JSON")]
    [DataRow("null", "null")]
    [DataRow("{\"Options.json\": 1}", "JSON")]
    [DataRow("{\"Options.json\": \"\", \"Options.json\": \"\"}", "Duplicate properties")]
    public void Read_ForgedChecksums_AreRefused(string content, string reason)
        => Forgery.IsRefused(_model.Damaged(TinyModel.Checksums, Encoding.UTF8.GetBytes(content)), TinyModel.Checksums, reason);

    [TestMethod]
    [DataRow(TinyModel.Options)]
    [DataRow(TinyModel.History)]
    public void Read_ChecksumThatIsNullOrMissing_IsRefused(string entry)
    {
        foreach (var change in (Action<JsonObject>[])[c => c[entry] = null, c => c.Remove(entry)])
        {
            var checksums = JsonNode.Parse(_model.Entries[TinyModel.Checksums])!.AsObject();
            change(checksums);
            Forgery.IsRefused(_model.Damaged(TinyModel.Checksums, Encoding.UTF8.GetBytes(checksums.ToJsonString())), "is damaged", entry);
        }
    }

    [TestMethod]
    public void Load_ZipWithADamagedEntry_IsRefused()
    {
        var text = Encoding.UTF8.GetString(_model.Entries[TinyModel.Options]).Replace("\"BatchSize\": 20", "\"BatchSize\": 21");
        var error = Assert.Throws<Exception>(() => TinyModel.Load(_model.ZipWith(TinyModel.Options, Encoding.UTF8.GetBytes(text))).Dispose()).GetBaseException();
        StringAssert.Contains(error.Message, "entry Options.json is damaged: its SHA-256");
    }

    [TestMethod]
    public void Load_ZipWithoutChecksums_LoadsAsAnOlderModel()
    {
        using var model = TinyModel.Load(_model.ZipWith(TinyModel.Checksums, null));
        TinyModel.Score(model.Trained);
    }
}
