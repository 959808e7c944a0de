namespace Microsoft.ML.DeepClustering.Tool.Input.Tables;

/// <summary>What a column looks like, by all of its cells.</summary>
/// <param name="Nature">The nature.</param>
/// <param name="DistinctValues">Different cells that are not missing.</param>
internal sealed record ColumnProfile(ColumnNature Nature, int DistinctValues)
{
    /// <summary>The most values of a column that is one-hot by itself.</summary>
    public const int MostCategories = 20;

    // The share of numbers from which a column is one of numbers that has faults.
    private const double NumericShare = 0.9;

    public static ColumnProfile Of(TableColumn column)
    {
        var cells = column.Texts.Where(c => !Cell.IsMissing(c)).ToArray();
        var distinct = cells.Distinct(StringComparer.Ordinal).Count();
        return new(NatureOf(column, cells, distinct), distinct);
    }

    private static ColumnNature NatureOf(TableColumn column, string[] cells, int distinct)
    {
        if (distinct <= 1)
            return distinct == 0 ? ColumnNature.Empty : ColumnNature.Constant;
        if (column.IsTyped || cells.Count(c => Cell.TryRead(c, out _)) >= NumericShare * cells.Length)
            return ColumnNature.Number;
        if (cells.Count(c => Cell.HasDecimalComma(c) || Cell.TryRead(c, out _)) >= NumericShare * cells.Length)
            return ColumnNature.DecimalComma;
        return distinct <= MostCategories && 2 * distinct <= cells.Length ? ColumnNature.Category : ColumnNature.Text;
    }
}
