using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Microsoft.ML.DeepClustering.Tests.Persistence;

/// <summary>Zips whose entries have names of other places: nothing is written there, and nothing is read from there.</summary>
[TestClass]
public sealed class ForgedZipTests
{
    private const string Folder = "TransformerChain/";

    private static readonly TinyModel _model = TinyModel.Zeroed;

    private readonly DirectoryInfo _outside = Directory.CreateTempSubdirectory("deep-clustering-");

    [TestCleanup]
    public void Clean() => _outside.Delete(recursive: true);

    [TestMethod]
    public void Load_EntriesThatNameOtherPlaces_WritesNothingThere()
    {
        var here = Directory.GetFileSystemEntries(Environment.CurrentDirectory);
        var up = Path.GetRelativePath(Environment.CurrentDirectory, _outside.FullName);
        var fromTemporary = Path.Combine("..", "..", Path.GetRelativePath(Path.GetTempPath(), _outside.FullName));
        string[] names =
        [
            $"{_outside.FullName}/absolute", $"{up}/relative", $"{up.Replace('/', '\\')}\\relative", $"{fromTemporary}/temporary",
            $"{Folder}../../{up}/relative", "../../Options.json", "..\\..\\Options.json", "C:\\Windows\\x", "/Options.json", "\\\\server\\share\\x",
            ".", "..", "con", $"{Folder}Options.json/../../../x", new string('a', 60_000),
        ];
        using var loaded = TinyModel.Load(WithEntries(names.Select(n => (n, "forged"u8.ToArray()))));
        TinyModel.Score(loaded.Trained);
        Assert.IsEmpty(_outside.GetFileSystemInfos());
        CollectionAssert.AreEquivalent(here, Directory.GetFileSystemEntries(Environment.CurrentDirectory));
    }

    [TestMethod]
    public void Load_EntryThatIsOnlyElsewhere_IsMissing()
    {
        // Beside the program, outside it, and under other names of the same place.
        File.WriteAllBytes(Path.Combine(_outside.FullName, TinyModel.Options), _model.Entries[TinyModel.Options]);
        var without = _model.ZipWith("Options.json", null);
        var zip = WithEntries(
            [
                ("Options.json", _model.Entries[TinyModel.Options]), ($"{Folder}../TransformerChain/Options.json", _model.Entries[TinyModel.Options]),
                ($"{_outside.FullName}/Options.json", _model.Entries[TinyModel.Options]), ($"./{Folder}Options.json", _model.Entries[TinyModel.Options]),
            ],
            without);
        var error = Assert.Throws<Exception>(() => TinyModel.Load(zip).Dispose()).GetBaseException();
        Assert.IsInstanceOfType<InvalidDataException>(error);
        StringAssert.Contains(error.Message, "has no entry Options.json");
    }

    [TestMethod]
    public void Load_EntryGivenTwice_IsTheLaterOfThem()
    {
        var loading = new Loading();
        foreach (var entry in _model.Entries.Keys)
        {
            Assert.AreEqual(LoadingOutcome.LoadedEqual, loading.TryZip(_model, WithEntries([(Folder + entry, _model.Entries[entry])]), $"{entry} twice"));
            Assert.AreEqual(LoadingOutcome.Refused, loading.TryZip(_model, WithEntries([(Folder + entry, "forged"u8.ToArray())]), $"{entry} and a forged one"));
            // Another name: it is not read.
            Assert.AreEqual(LoadingOutcome.LoadedEqual, loading.TryZip(_model, WithEntries([(Folder.Replace('/', '\\') + entry, [])]), $"{entry} and an empty one with backslashes"));
        }
    }

    [TestMethod]
    public void Load_EntryOfAForgedLength_IsRefusedWithoutItsMemory()
    {
        // In a record of the zip's directory the compressed size stands 20, the size 24 and the entry's place 42 bytes after the signature.
        var records = Enumerable.Range(0, _model.Zip.Length - 46).Where(i => _model.Zip.AsSpan(i, 4).SequenceEqual("PK\u0001\u0002"u8)).ToArray();
        Assert.HasCount(7, records);
        var loading = new Loading();
        foreach (var record in records)
        {
            foreach (var length in (uint[])[0, 1, int.MaxValue, uint.MaxValue - 1])
            {
                foreach (var field in (int[])[20, 24, 42])
                {
                    var zip = (byte[])_model.Zip.Clone();
                    BitConverter.TryWriteBytes(zip.AsSpan(record + field), length);
                    var before = GC.GetAllocatedBytesForCurrentThread();
                    var outcome = loading.TryZip(_model, zip, $"record at {record}, field {field}, {length}");
                    Assert.IsLessThan(64L << 20, GC.GetAllocatedBytesForCurrentThread() - before);
                    Assert.AreEqual(IsHarmless(record, field, length) ? LoadingOutcome.LoadedEqual : LoadingOutcome.Refused, outcome, $"record at {record}, field {field}, {length}");
                }
            }
        }

        // Loading reads no version, and a size that is too large is no bound on what is read.
        static bool IsHarmless(int record, int field, uint length) => NameAt(record) == "TrainingInfo/Version.txt" || (field == 24 && length > 1);

        static string NameAt(int record) => Encoding.UTF8.GetString(_model.Zip, record + 46, BitConverter.ToUInt16(_model.Zip, record + 28));
    }

    [TestMethod]
    [DataRow("../evil", typeof(FileNotFoundException))]
    [DataRow("/tmp/evil", typeof(FileNotFoundException))]
    [DataRow("..\\evil", typeof(FileLoadException))]
    [DataRow("evil, Version=99.0", typeof(FileNotFoundException))]
    [DataRow("evil, Culture=x", typeof(CultureNotFoundException))]
    [DataRow("=", typeof(FileLoadException))]
    public void Load_HeaderThatNamesAnotherAssembly_IsRefused(string name, Type told)
    {
        var header = _model.ZipEntry(TinyModel.Key);
        var text = Encoding.Unicode.GetBytes(name);
        // The name's place and size stand at 0x90 and 0x98, the places of the 8 bytes after it and of the end at 0x80 and 0x88.
        var place = (int)BitConverter.ToInt64(header, 0x90);
        byte[] forged = [.. header[..place], .. text, .. header[^8..]];
        BitConverter.TryWriteBytes(forged.AsSpan(0x98), (uint)text.Length);
        BitConverter.TryWriteBytes(forged.AsSpan(0x80), (long)(place + text.Length));
        BitConverter.TryWriteBytes(forged.AsSpan(0x88), (long)forged.Length);
        var error = Assert.Throws<Exception>(() => TinyModel.Load(_model.ZipWith(TinyModel.Key, forged)).Dispose()).GetBaseException();
        // ML.NET asks .NET for an assembly of that name, which looks for none outside the program.
        Assert.AreEqual(told, error.GetType(), error.ToString());
    }

    private static byte[] WithEntries(IEnumerable<(string Name, byte[] Content)> entries, byte[]? zip = null)
    {
        using var copy = new MemoryStream();
        copy.Write(zip ?? _model.Zip);
        using (var archive = new ZipArchive(copy, ZipArchiveMode.Update, leaveOpen: true))
        {
            foreach (var (name, content) in entries)
            {
                using var target = archive.CreateEntry(name).Open();
                target.Write(content);
            }
        }

        return copy.ToArray();
    }
}
