using System.Text;
using Microsoft.ML.DeepClustering.Tool.Input.Tables;
using Microsoft.ML.DeepClustering.Tool.Tests.Support;

namespace Microsoft.ML.DeepClustering.Tool.Tests.Input;

[TestClass]
public sealed class TextTableTests
{
    private readonly Workspace _work = new();

    [TestCleanup]
    public void Delete() => _work.Dispose();

    [TestMethod]
    [DataRow("a,b\n1,2\n3,4\n", DisplayName = "comma")]
    [DataRow("a;b\r\n1;2\r\n3;4\r\n", DisplayName = "semicolon, CRLF")]
    [DataRow("a\tb\n1\t2\n3\t4", DisplayName = "tab, no last line break")]
    [DataRow("\ufeffa,b\n1,2\n3,4\n", DisplayName = "mark of UTF-8")]
    [DataRow("\"a\",\"b\"\n\n1,2\n\"3\",4\n\n", DisplayName = "quotes, empty lines")]
    public void Read_FormsOfOneTable_TheSame(string content)
    {
        var table = Read(content);
        Assert.IsTrue(table.HasHeader);
        Assert.AreEqual("a b", string.Join(' ', table.Columns.Select(c => c.Name)));
        CollectionAssert.AreEqual(new[] { "1", "3" }, table.Columns[0].Texts);
        CollectionAssert.AreEqual(new[] { 2f, 4f }, table.Columns[1].Numbers(table));
    }

    [TestMethod]
    public void Read_Utf16_ByItsMark()
    {
        var path = _work.Write("data.csv", [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes("name,b\nBrücke,2\n")]);
        CollectionAssert.AreEqual(new[] { "Brücke" }, TextTable.Read(path, null, null, CancellationToken.None).Columns[0].Texts);
    }

    [TestMethod]
    public void Read_QuotesSeparatorsAndLineBreaks_WithinAField()
    {
        var table = Read("id,text\n1,\"one, \"\"two\"\"\nthree\"\n2,four\n");
        CollectionAssert.AreEqual(new[] { "one, \"two\"\nthree", "four" }, table.Columns[1].Texts);
        Assert.AreEqual("line 2, line 4", $"{table.PlaceOf(0)}, {table.PlaceOf(1)}");
    }

    [TestMethod]
    public void Read_FirstLineOfNumbers_IsARow()
    {
        var table = Read("1,2\n3,4\n");
        Assert.IsFalse(table.HasHeader);
        Assert.AreEqual((2, "c1", "c2"), (table.Rows, table.Columns[0].Name, table.Columns[1].Name));
    }

    [TestMethod]
    public void Read_TextsWithCommasInATabbedFile_SeparatedByTabs()
        => Assert.AreEqual("\t", Read("name\ttext\nx\ta, b, c\ny\td, e\n").Separator);

    [TestMethod]
    [DataRow("a|b\n1|2\n", "'|'")]
    [DataRow("a:b\n1:2\n", "':'")]
    [DataRow("a:b\n1 2\n", null)]
    [DataRow("\"one, two\"\n\"three, four\"\n", null)]
    public void Read_OneColumn_AnotherSeparatorIsNamed(string content, string? separator)
        => Assert.AreEqual(separator == null ? null : $"there is one column; if its fields are separated by {separator.Replace('\'', '"')}, say --separator {separator}", Read(content).SeparatorHint);

    [TestMethod]
    public void Numbers_MissingOnes_AreNaN()
    {
        var table = Read("a,b\n1,\nNA,2\n?,3\n");
        CollectionAssert.AreEqual(new[] { 1, float.NaN, float.NaN }, table.Columns[0].Numbers(table));
    }

    [TestMethod]
    public void Numbers_OtherCultures_ReadTheSame()
    {
        var table = Read("a\n-1.5\n2e3\n+0.25\n");
        CollectionAssert.AreEqual(new[] { -1.5f, 2000f, 0.25f }, table.Columns[0].Numbers(table));
    }

    private Table Read(string content) => TextTable.Read(_work.Write("data.csv", content), separator: null, hasHeader: null, CancellationToken.None);
}
