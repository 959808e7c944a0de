namespace Microsoft.ML.DeepClustering.Centroids;

/// <summary>
/// The one-to-one assignment of greatest total weight, by shortest augmenting paths with potentials
/// (Kuhn 1955; Jonker and Volgenant, Computing 38, 1987). O(s² l) for sides s ≤ l.
/// </summary>
internal static class HungarianAlgorithm
{
    private const int None = -1;

    /// <summary>Assigns rows to columns so that the weights of the pairs add up to the most. min(rows, columns) pairs are made.</summary>
    /// <param name="weights">The weight of each pair, rows x columns; any integers.</param>
    /// <returns>The column of each row, -1 for a row left over.</returns>
    public static int[] Maximize(long[,] weights)
    {
        var (rows, columns) = (weights.GetLength(0), weights.GetLength(1));
        if (rows <= columns)
            return MinimizeCost(rows, columns, (i, j) => -weights[i, j]);

        var rowOfColumn = MinimizeCost(columns, rows, (j, i) => -weights[i, j]);
        var columnOfRow = new int[rows];
        Array.Fill(columnOfRow, None);
        for (var column = 0; column < columns; column++)
            columnOfRow[rowOfColumn[column]] = column;
        return columnOfRow;
    }

    /// <summary>The cheapest column for each row, all different; there are at least as many columns as rows.</summary>
    private static int[] MinimizeCost(int rows, int columns, Func<int, int, long> cost)
    {
        // Column number `columns` is a place for the row that is being added. Always cost ≥ rowPotential + columnPotential, equal on assigned pairs.
        var rowPotential = new long[rows];
        var columnPotential = new long[columns + 1];
        var rowOfColumn = new int[columns + 1];
        Array.Fill(rowOfColumn, None);

        for (var row = 0; row < rows; row++)
        {
            rowOfColumn[columns] = row;
            var (freeColumn, previous) = ShortestPath(columns, cost, rowPotential, columnPotential, rowOfColumn);
            for (var column = freeColumn; column != columns; column = previous[column])
                rowOfColumn[column] = rowOfColumn[previous[column]];
        }

        var columnOfRow = new int[rows];
        for (var column = 0; column < columns; column++)
        {
            if (rowOfColumn[column] != None)
                columnOfRow[rowOfColumn[column]] = column;
        }

        return columnOfRow;
    }

    /// <summary>Dijkstra from the row being added to the nearest free column; moves the potentials along.</summary>
    private static (int FreeColumn, int[] Previous) ShortestPath(
        int columns, Func<int, int, long> cost, long[] rowPotential, long[] columnPotential, int[] rowOfColumn)
    {
        var distance = new long[columns];
        Array.Fill(distance, long.MaxValue);
        var previous = new int[columns];
        var done = new bool[columns + 1];
        var current = columns;
        while (rowOfColumn[current] != None)
        {
            done[current] = true;
            var row = rowOfColumn[current];
            var nearest = None;
            for (var column = 0; column < columns; column++)
            {
                if (done[column])
                    continue;
                var reduced = cost(row, column) - rowPotential[row] - columnPotential[column];
                if (reduced < distance[column])
                    (distance[column], previous[column]) = (reduced, current);
                if (nearest == None || distance[column] < distance[nearest])
                    nearest = column;
            }

            var step = distance[nearest];
            for (var column = 0; column <= columns; column++)
            {
                if (done[column])
                {
                    rowPotential[rowOfColumn[column]] += step;
                    columnPotential[column] -= step;
                }
                else
                {
                    distance[column] -= step;
                }
            }

            current = nearest;
        }

        return (current, previous);
    }
}
