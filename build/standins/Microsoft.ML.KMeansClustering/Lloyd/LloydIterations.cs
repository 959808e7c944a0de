namespace Microsoft.ML.Trainers;

/// <summary>Assigns each row to its nearest centroid and moves each centroid to the mean of its rows, until nothing gains.</summary>
/// <remarks>Sums run in the order of the rows, so that the result does not depend on the number of threads.</remarks>
internal sealed class LloydIterations(Points points, Centroids centroids, ParallelOptions parallel)
{
    private const int RowsPerTask = 256;

    private readonly int[] _assignments = NewAssignments(points.Count);
    private readonly float[] _distances = new float[points.Count];

    public (int Iterations, double AverageDistance) Run(int maximumIterations, float tolerance)
    {
        var previous = double.PositiveInfinity;
        for (var iteration = 1; ; iteration++)
        {
            var changed = Assign();
            var average = AverageDistance();
            if (!changed || average >= previous * (1 - (double)tolerance) || iteration == maximumIterations)
            {
                if (changed)
                    Move();
                return (iteration, average);
            }

            Move();
            previous = average;
        }
    }

    private static int[] NewAssignments(int count)
    {
        var assignments = new int[count];
        Array.Fill(assignments, -1);
        return assignments;
    }

    private bool Assign()
    {
        var changed = 0;
        Parallel.For(0, (points.Count + RowsPerTask - 1) / RowsPerTask, parallel, task =>
        {
            var end = Math.Min(points.Count, (task + 1) * RowsPerTask);
            var moved = false;
            for (var i = task * RowsPerTask; i < end; i++)
            {
                (var nearest, _distances[i]) = centroids.Nearest(points[i], points.SquaredNorm(i));
                moved |= nearest != _assignments[i];
                _assignments[i] = nearest;
            }

            if (moved)
                Interlocked.Exchange(ref changed, 1);
        });
        return changed != 0;
    }

    // A centroid without rows stays where it is.
    private void Move()
        => Parallel.For(0, centroids.Count, parallel, cluster =>
        {
            var sum = new double[points.Size];
            var weight = 0.0;
            for (var i = 0; i < points.Count; i++)
            {
                if (_assignments[i] != cluster)
                    continue;
                Kernels.AddScaled(sum, points[i], points.Weight(i));
                weight += points.Weight(i);
            }

            if (weight > 0)
                centroids.Set(cluster, Array.ConvertAll(sum, value => (float)(value / weight)));
        });

    private double AverageDistance()
    {
        var sum = 0.0;
        var weight = 0.0;
        for (var i = 0; i < points.Count; i++)
        {
            sum += (double)_distances[i] * points.Weight(i);
            weight += points.Weight(i);
        }

        return sum / weight;
    }
}
