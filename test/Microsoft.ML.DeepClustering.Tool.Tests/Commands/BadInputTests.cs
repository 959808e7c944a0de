using System.IO.Compression;
using System.Text;
using Microsoft.ML.DeepClustering.Tool.Tests.Support;

namespace Microsoft.ML.DeepClustering.Tool.Tests.Commands;

/// <summary>Wrong input or usage: one sentence that says where, exit code 1, and no file that was not there before.</summary>
[TestClass]
public sealed class BadInputTests
{
    private readonly Workspace _work = new();

    [TestInitialize]
    public void Write()
    {
        _work.Write("good.csv", Drawn.Csv(30));
        _work.Write("letters.csv", "a,b\n" + string.Concat(Enumerable.Range(1, 20).Select(i => i == 7 ? "7,x7\n" : $"{i},{i}\n")));
        _work.Write("comma.csv", "a;b\n" + string.Concat(Enumerable.Range(1, 20).Select(i => i == 9 ? "9;1,5\n" : $"{i};{i}\n")));
        _work.Write("commas.csv", "a;b\n" + string.Concat(Enumerable.Range(1, 20).Select(i => i == 1 ? "1;\n" : $"{i};0,{i % 3}\n")));
        _work.Write("thousands.csv", "a\tb\n" + string.Concat(Enumerable.Range(1, 20).Select(i => $"{i}\t{i},000\n")));
        _work.Write("commas-only.csv", "1,5;x\n2,5;y\n");
        _work.Write("trailing.csv", "a,b,\n1,2,\n");
        _work.Write("leading.csv", ",a,b\n1,2,3\n");
        _work.Write("narrow.csv", "a\n1,2\n");
        _work.Write("bars.csv", "a|b\n1|2\n3|4\n");
        _work.Write("infinite.csv", "a,b\n1,2\n3,1e99\n" + string.Concat(Enumerable.Range(4, 20).Select(i => $"{i},{i}\n")));
        _work.Write("ragged.csv", "a,b\n1,2\n\"3\n3\",4\n5\n");
        _work.Write("quote.csv", "a,b\n1,2\n3,\"4\n5,6\n");
        _work.Write("stray.csv", "a,b\n1,2\n3,4\"5\n");
        _work.Write("twice.csv", "a,b,a\n1,2,3\n");
        _work.Write("nameless.csv", "a,,c\n1,2,3\n");
        _work.Write("header.csv", "a,b\n");
        _work.Write("empty.csv", "");
        _work.Write("latin.csv", [.. "a,b\ncaf"u8, 0xe9, .. ",2\n"u8]);
        _work.Write("few.csv", "a,b\n1,2\n3,4\n");
        _work.Write("constant.csv", "a,b\n5,x\n5,x\n5,x\n");
        _work.Write("binary.dat", [1, 0, 2, 0, 3, 0]);
        _work.Write("broken.parquet", "PAR1 and nothing more"u8.ToArray());
        _work.Write("short.idx", Drawn.Idx(4)[..500]);
        _work.Write("images.idx", Drawn.Idx(4));
        _work.Write("labels.idx", Drawn.IdxLabels(3));
        using (var zipped = new MemoryStream())
        {
            using (var zip = new GZipStream(zipped, CompressionLevel.Fastest, leaveOpen: true))
                zip.Write(Encoding.UTF8.GetBytes("a,b\n" + string.Concat(Enumerable.Range(0, 50_000).Select(i => $"{i},{i * 7919L % 104729}\n"))));
            _work.Write("cut.csv.gz", zipped.ToArray()[..^20_000]);
        }

        _work.Write("broken.gz", [0x1f, 0x8b, 8, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
        _work.Write("documents/readme.txt", "no image");
        Drawn.Folder(_work, "pictures", 6);
        _work.Write("damaged/1.bmp", Drawn.Bitmap(1, false));
        _work.Write("damaged/2.png", "no picture");
        _work.Write("early/1.bmp", Drawn.Bitmap(1, false)[..500]);
        _work.Write("nothing/1.png", "");
        _work.Write("fake.zip", "PK\u0003\u0004 no archive");
        _work.Write("file", "in the way");
    }

    [TestCleanup]
    public void Delete() => _work.Dispose();

    [TestMethod]
    [DataRow("train missing.csv", "missing.csv does not exist")]
    [DataRow("train empty.csv", "empty.csv is empty")]
    [DataRow("train header.csv", "header.csv has the names of its columns and no rows")]
    [DataRow("train letters.csv", "letters.csv, line 8, column \"b\": \"x7\" is no number")]
    [DataRow("train comma.csv", "comma.csv, line 10, column \"b\": \"1,5\" is no number: write decimals with a point")]
    [DataRow("train commas.csv", "commas.csv, line 3, column \"b\": \"0,2\" is no number: write decimals with a point")]
    [DataRow("train commas.csv --columns a,b", "commas.csv, line 3, column \"b\": \"0,2\" is no number: write decimals with a point")]
    [DataRow("train thousands.csv", "thousands.csv, line 2, column \"b\": \"1,000\" is no number")]
    [DataRow("train commas-only.csv --separator ;", "commas-only.csv, line 1, column \"c1\": \"1,5\" is no number")]
    [DataRow("train trailing.csv", "trailing.csv, line 1: column 3, after \"b\" at the end of the line, has no name; name it")]
    [DataRow("train leading.csv", "leading.csv, line 1: column 1, before \"a\", has no name; name it")]
    [DataRow("train narrow.csv", "narrow.csv, line 2: it has 2 fields, and the names are 1; put a field that holds the separator \",\" in quotes, or name another separator with --separator")]
    [DataRow("train bars.csv --columns a", "there is one column; if its fields are separated by \"|\", say --separator '|'")]
    [DataRow("train infinite.csv", "infinite.csv, line 3, column \"b\": \"1e99\" is no number")]
    [DataRow("train ragged.csv", "ragged.csv, line 5: it has 1 field, and the names are 2")]
    [DataRow("train quote.csv", "quote.csv, line 3: a quote stands within a field that is not quoted, or a quote is not closed")]
    [DataRow("train stray.csv", "stray.csv, line 3: a quote")]
    [DataRow("train twice.csv", "twice.csv, line 1: the column \"a\" is there twice")]
    [DataRow("train nameless.csv --header", "nameless.csv, line 1: column 2 has no name")]
    [DataRow("train latin.csv", "latin.csv, line 2: it is not UTF-8 text")]
    [DataRow("train few.csv --clusters 3", "few.csv has 2 rows, too few for 3 clusters")]
    [DataRow("train constant.csv", "constant.csv has no column that can be a feature; not taken: a (the same in all rows), b (the same in all rows)")]
    [DataRow("train binary.dat", "binary.dat is none of the kinds that are read")]
    [DataRow("train broken.parquet", "broken.parquet cannot be read as a Parquet file")]
    [DataRow("train short.idx", "short.idx is damaged: it has 484 bytes of values, and its header promises 1024")]
    [DataRow("train images.idx --label-file labels.idx", "images.idx has 4 images, but ")]
    [DataRow("train labels.idx", "labels.idx holds labels, not images")]
    [DataRow("train broken.gz", "broken.gz is damaged: it cannot be decompressed")]
    [DataRow("train cut.csv.gz", "cut.csv.gz is damaged: it cannot be decompressed")]
    [DataRow("train documents", "documents has no image files")]
    [DataRow("train pictures/a/00.bmp", "00.bmp is a single image; name the folder")]
    [DataRow("train damaged --clusters 2", "2.png cannot be read as an image")]
    [DataRow("train early --clusters 2", "1.bmp cannot be read as an image: its data end early; repair it")]
    [DataRow("train nothing --clusters 2", "1.png cannot be read as an image: it is empty, or no regular file; repair it")]
    [DataRow("train pictures --columns a", "--columns is for a table, and ")]
    [DataRow("train pictures --size huge", "--size is \"huge\"; give a side")]
    [DataRow("train good.csv --columns width,heigth", "good.csv has no column \"heigth\", which --columns names; it has width, height, kind, name")]
    [DataRow("train good.csv --label Kind", "did you mean \"kind\"?")]
    [DataRow("train good.csv --columns name", "take it with --text name rather than --columns")]
    [DataRow("train good.csv --label kind --columns width,kind", "The column \"kind\" is the label, which is no feature")]
    [DataRow("train good.csv --separator ab", "--separator is \"ab\"; give comma")]
    [DataRow("train good.csv --method Idek", "There is no method \"Idek\"; --method takes AutoencoderKMeans, Centering")]
    [DataRow("train good.csv --method Ddc --pretraining-epochs 5", "Ddc has no pretraining")]
    [DataRow("choose-k good.csv --epochs 5", "AutoencoderKMeans trains on reconstruction alone; give --pretraining-epochs rather than --epochs")]
    [DataRow("train good.csv --clusters 1", "--clusters is 1; it must be 2 or more")]
    [DataRow("train good.csv --clusters many", "many")]
    [DataRow("train good.csv --kind photos", "--kind is \"photos\"; it takes images, table, parquet, idx")]
    [DataRow("train good.csv --format xlsx", "--format is \"xlsx\"; it takes csv, parquet")]
    [DataRow("train good.csv --no-such-option", "--no-such-option")]
    [DataRow("train", "Required argument 'INPUT' missing")]
    [DataRow("train good.csv --clusters 2 --output file", "file is a file; name a folder with --output")]
    [DataRow("train good.csv --kind parquet", "good.csv cannot be read as a Parquet file")]
    [DataRow("choose-k few.csv --to 5", "few.csv has 2 rows, too few to try 5 clusters")]
    [DataRow("choose-k few.csv --from 5", "few.csv has 2 rows, too few to try 5 clusters; lower --from")]
    [DataRow("choose-k good.csv --from 5 --to 3", "--to is 3, and --from is 5")]
    [DataRow("score good.csv good.csv", "good.csv is not a model, or it is damaged")]
    [DataRow("score fake.zip good.csv", "fake.zip is not a model, or it is damaged")]
    [DataRow("train fake.zip", "fake.zip is a zip archive or a saved model")]
    public async Task Run_WrongInput_OneSentenceAndNoFile(string commandLine, string sentence)
    {
        var before = _work.Entries();
        string[] arguments = [.. commandLine.Split(' ').Select((a, i) => i > 0 && (File.Exists(_work.PathOf(a)) || Directory.Exists(_work.PathOf(a)) || a == "missing.csv") ? _work.PathOf(a) : a)];
        if (arguments[0] is "train" or "score" && !arguments.Contains("--output"))
            arguments = [.. arguments, "--output", _work.PathOf("out")];

        Assert.AreEqual(ExitCodes.BadInput, await _work.RunAsync(arguments), _work.Output + _work.Errors);
        StringAssert.Contains(_work.Errors, sentence);
        Assert.AreEqual(1, _work.Errors.Trim().Split('\n').Length, "One line: " + _work.Errors);
        CollectionAssert.AreEqual(before, _work.Entries(), "No file may be left behind.");
    }

    [TestMethod]
    public async Task Score_DataOfAnotherKind_SaysWhichTheModelTakes()
    {
        await _work.RunWellAsync("train", _work.PathOf("good.csv"), "--clusters", "2", "--epochs", "1", "--pretraining-epochs", "1", "--threads", "1", "-o", _work.PathOf("out"));
        var before = _work.Entries();
        Assert.AreEqual(ExitCodes.BadInput, await _work.RunAsync("score", _work.PathOf("out/model.zip"), _work.PathOf("pictures"), "-o", _work.PathOf("scored")));
        StringAssert.Contains(_work.Errors, "The model was trained on a table");
        Assert.AreEqual(ExitCodes.BadInput, await _work.RunAsync("score", _work.PathOf("out/model.zip"), _work.PathOf("few.csv"), "-o", _work.PathOf("scored")));
        StringAssert.Contains(_work.Errors, "has no column \"width\", which the model names");
        CollectionAssert.AreEqual(before, _work.Entries());
    }

    [TestMethod]
    public async Task Train_FailsOverEarlierResults_LeavesThemAsTheyWere()
    {
        await _work.RunWellAsync("train", _work.PathOf("good.csv"), "--clusters", "2", "--epochs", "1", "--pretraining-epochs", "1", "--threads", "1", "-o", _work.PathOf("out"));
        var before = _work.Entries();
        var model = File.ReadAllBytes(_work.PathOf("out/model.zip"));
        Assert.AreEqual(ExitCodes.BadInput, await _work.RunAsync("train", _work.PathOf("letters.csv"), "-o", _work.PathOf("out")));
        CollectionAssert.AreEqual(before, _work.Entries());
        CollectionAssert.AreEqual(model, File.ReadAllBytes(_work.PathOf("out/model.zip")));
    }
}
