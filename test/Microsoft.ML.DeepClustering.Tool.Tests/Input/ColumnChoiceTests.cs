using Microsoft.ML.DeepClustering.Tool.Input;
using Microsoft.ML.DeepClustering.Tool.Input.Tables;

namespace Microsoft.ML.DeepClustering.Tool.Tests.Input;

[TestClass]
public sealed class ColumnChoiceTests
{
    private static readonly Table Customers = new(
        "customers.csv",
        [
            Column("id", i => $"{i}"), Column("age", i => $"{20 + i % 50}"), Column("region", i => i % 3 == 0 ? "north" : "south"),
            Column("name", i => $"customer {i}"), Column("note", i => $"likes thing number {i}"), Column("country", _ => "here"), Column("fax", _ => ""),
        ],
        40,
        row => $"line {row + 2}");

    [TestMethod]
    public void Choose_WithoutAWord_NumbersAndCategories()
    {
        var choice = new ColumnChoice(Customers, new("customers.csv"));
        Assert.AreEqual("age Number, region Category", Text(choice));
        Assert.AreEqual("id", choice.IdColumn);
        CollectionAssert.AreEqual(
            new[]
            {
                "name (40 different texts; --text name takes it)", "note (40 different texts; --text note takes it)", "country (the same in all rows)", "fax (empty)",
            },
            choice.LeftOut.ToArray());
    }

    [TestMethod]
    public void Choose_NamedColumns_TheseAndNoOthers()
        => Assert.AreEqual("region Category, note Text", Text(new(Customers, new("customers.csv") { Columns = ["region"], TextColumns = ["note"] })));

    [TestMethod]
    public void Choose_NothingButTexts_TheTexts()
    {
        var table = Customers with { Columns = [.. Customers.Columns.Where(c => c.Name is "note" or "fax")] };
        Assert.AreEqual("note Text", Text(new(table, new("customers.csv"))));
        Assert.AreEqual("note Sentence", Text(new(table, new("customers.csv") { SentenceEncoder = true })));
    }

    [TestMethod]
    public void Choose_LabelAndIdentifier_AreNoFeatures()
        => Assert.AreEqual("id Number, age Number", Text(new(Customers, new("customers.csv") { LabelColumn = "region", IdColumn = "name" })));

    [TestMethod]
    public void Choose_LikelyLabel_IsAFeatureWithANote()
    {
        var table = Customers with { Columns = [.. Customers.Columns, Column("Class", i => $"{i % 2}")] };
        CollectionAssert.AreEqual(new[] { "Class is taken as a feature; --label Class compares with it instead" }, new ColumnChoice(table, new("customers.csv")).Notes.ToArray());
        Assert.AreEqual(0, new ColumnChoice(table, new("customers.csv") { LabelColumn = "Class" }).Notes.Count);
    }

    [TestMethod]
    public void Choose_DecimalCommas_TakenOnlyWhenNamed()
    {
        var table = Customers with { Columns = [Column("price", i => $"{i % 4},5"), Column("age", i => $"{i}")] };
        Assert.ThrowsExactly<ToolFault>(() => new ColumnChoice(table, new("customers.csv")));
        Assert.AreEqual("price Text", Text(new(table, new("customers.csv") { TextColumns = ["price"] })));
        Assert.AreEqual("age Number", Text(new(table, new("customers.csv") { LabelColumn = "price" })));
        Assert.AreEqual("age Number", Text(new(table, new("customers.csv") { IdColumn = "price" })));
    }

    [TestMethod]
    [DataRow("0,123", true)]
    [DataRow("-,5", true)]
    [DataRow("1.234,5", true)]
    [DataRow("1,234,567.8", true)]
    [DataRow("1.5", false)]
    [DataRow("1,3,5", false)]
    [DataRow("a,5", false)]
    public void HasDecimalComma_Cell_Numbers(string cell, bool expected) => Assert.AreEqual(expected, Cell.HasDecimalComma(cell));

    private static string Text(ColumnChoice choice) => string.Join(", ", choice.Columns.Select(c => $"{c.Name} {c.Role}"));

    private static TableColumn Column(string name, Func<int, string> cell) => new(name, [.. Enumerable.Range(0, 40).Select(cell)]);
}
