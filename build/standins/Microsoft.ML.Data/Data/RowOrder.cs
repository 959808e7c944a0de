namespace Microsoft.ML.Data;

/// <summary>The order in which a cursor visits rows that lie in memory.</summary>
/// <param name="Count">The number of rows.</param>
/// <param name="Rows">The rows in the order of the visit; null for their own order.</param>
internal sealed record RowOrder(int Count, int[] Rows)
{
    public static RowOrder Of(int count, Random rand)
    {
        if (rand == null)
            return new RowOrder(count, null);
        var rows = Enumerable.Range(0, count).ToArray();
        rand.Shuffle(rows);
        return new RowOrder(count, rows);
    }

    public int RowAt(long position) => Rows == null ? (int)position : Rows[position];
}
