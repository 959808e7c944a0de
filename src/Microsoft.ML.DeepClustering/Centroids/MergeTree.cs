namespace Microsoft.ML.DeepClustering.Centroids;

/// <summary>What an agglomeration has merged. Groups have numbers: first those that it began with, then each that two others were merged into.</summary>
/// <param name="groups">The points of the first ones, each point in one.</param>
internal sealed class MergeTree(int[][] groups)
{
    private readonly List<(int A, int B)> _merges = [];
    private readonly List<int> _sizes = [.. groups.Select(g => g.Length)];
    private readonly HashSet<int> _roots = [.. Enumerable.Range(0, groups.Length)];

    /// <summary>Merges two that are still there -> the number of the new one.</summary>
    public int Merge(int a, int b)
    {
        var number = _sizes.Count;
        _merges.Add((a, b));
        _sizes.Add(_sizes[a] + _sizes[b]);
        _roots.ExceptWith([a, b]);
        _roots.Add(number);
        return number;
    }

    /// <summary>
    /// The points of k groups of at least so many, at the latest time when there were just k such groups, by their first points. Null where there never were, or where more are left.
    /// </summary>
    /// <param name="clusters">k, 1 or more.</param>
    /// <param name="leastSize">1 or more.</param>
    public int[][]? Cut(int clusters, int leastSize)
    {
        var present = new HashSet<int>(_roots);
        var counted = present.Count(c => _sizes[c] >= leastSize);
        for (var last = _merges.Count - 1; last >= 0 && counted < clusters; last--)
        {
            var merged = groups.Length + last;
            var (a, b) = _merges[last];
            present.Remove(merged);
            present.UnionWith([a, b]);
            counted += One(a) + One(b) - One(merged);
        }

        return counted == clusters ? [.. present.Where(c => One(c) == 1).Select(Points).OrderBy(points => points.Min())] : null;

        int One(int group) => _sizes[group] >= leastSize ? 1 : 0;
    }

    private int[] Points(int group)
    {
        var points = new List<int>(_sizes[group]);
        var open = new Stack<int>([group]);
        while (open.TryPop(out var next))
        {
            if (next < groups.Length)
            {
                points.AddRange(groups[next]);
                continue;
            }

            var (a, b) = _merges[next - groups.Length];
            open.Push(a);
            open.Push(b);
        }

        return [.. points];
    }
}
