namespace Microsoft.ML.DeepClustering.Centroids;

/// <summary>
/// How many paths of a random walk on a graph lead from the points of a group to its points, a step counting z. With S(a | c) = 1ᵀ (I - z P_c)⁻¹ 1 / |a|² over the rows and columns of a,
/// the paths between points of a that stay in c, the affinity of two groups is S(a | a ∪ b) - S(a | a) + S(b | a ∪ b) - S(b | b). Zhang, Zhao and Wang 2013, Equations 7 to 11.
/// </summary>
/// <remarks>
/// Of paths of up to three steps, which are told apart by the groups of their points: a b a, then a b a a, a a b a and a b b a. Longer ones add less than a part in 2,000 with the paper's
/// z = 0.01. So only the edges between the two groups and those next to them are looked at, however large the groups are.
/// </remarks>
internal sealed class PathIntegral
{
    private const double StepWeight = 0.01; // z

    private readonly NeighborGraph _graph;
    private readonly NeighborGraph.Edges _incoming;

    // Of each point: its group, and the probabilities of the steps from it into its group and from there to it.
    private readonly int[] _groupOf;
    private readonly double[] _outOwn;
    private readonly double[] _inOwn;

    // The points of each group by its number; null once it has gone into another.
    private readonly List<List<int>?> _members;

    // Of the points at the border of two groups: the probabilities of the steps to the other group and from there; 0 for other points.
    private readonly double[] _out;
    private readonly double[] _in;
    private readonly List<int> _border = [];

    /// <param name="graph">The graph with the steps' probabilities P.</param>
    /// <param name="groups">The first ones; each point is in one.</param>
    public PathIntegral(NeighborGraph graph, int[][] groups)
    {
        (_graph, _incoming, _members) = (graph, graph.Reversed(), [.. groups.Select(g => g.ToList())]);
        (_groupOf, _outOwn, _inOwn, _out, _in) = (new int[graph.Count], new double[graph.Count], new double[graph.Count], new double[graph.Count], new double[graph.Count]);
        for (var g = 0; g < groups.Length; g++)
            Array.ForEach(groups[g], i => _groupOf[i] = g);
        for (var edge = 0; edge < graph.Neighbors.Length; edge++)
        {
            var (from, to) = (edge / graph.Degree, graph.Neighbors[edge]);
            if (_groupOf[from] != _groupOf[to])
                continue;
            _outOwn[from] += graph.Probabilities[edge];
            _inOwn[to] += graph.Probabilities[edge];
        }
    }

    /// <summary>Whether a group has not gone into another.</summary>
    public bool IsThere(int group) => _members[group] is not null;

    /// <summary>The affinity of two groups that are there, 0 or more.</summary>
    public double Affinity(int a, int b)
    {
        FindBorder(a, b);
        var (ofA, ofB) = (0.0, 0.0);
        foreach (var point in _border)
        {
            var (own, other) = Paths(point);
            var isInA = _groupOf[point] == a;
            ofA += isInA ? own : other;
            ofB += isInA ? other : own;
        }

        ForgetBorder();
        return (ofA / Square(_members[a]!.Count)) + (ofB / Square(_members[b]!.Count));
    }

    /// <summary>Merges two groups that are there; the new one has the next number.</summary>
    public void Merge(int a, int b)
    {
        FindBorder(a, b);
        foreach (var point in _border)
        {
            _outOwn[point] += _out[point];
            _inOwn[point] += _in[point];
        }

        ForgetBorder();
        var (large, small) = _members[a]!.Count >= _members[b]!.Count ? (_members[a]!, _members[b]!) : (_members[b]!, _members[a]!);
        large.AddRange(small);
        foreach (var point in large)
            _groupOf[point] = _members.Count;
        (_members[a], _members[b]) = (null, null);
        _members.Add(large);
    }

    private static double Square(double value) => value * value;

    // What a point at the border adds to the paths of its own group through the other, and to those of the other through its own.
    private (double Own, double Other) Paths(int point)
    {
        var (own, other) = (0.0, StepWeight * StepWeight * _in[point] * _out[point]); // other own other
        for (var edge = point * _graph.Degree; edge < (point + 1) * _graph.Degree; edge++)
        {
            var next = _graph.Neighbors[edge];
            // A border point of either group or a point of its own group, or neither.
            var isOwn = _groupOf[next] == _groupOf[point];
            if (!isOwn && _in[next] == 0)
                continue;
            var step = StepWeight * StepWeight * StepWeight * _graph.Probabilities[edge];
            if (isOwn)
            {
                other += step * _in[point] * _out[next]; // other own own other
                continue;
            }

            other += step * _in[point] * _outOwn[next]; // other own other other
            own += step * _inOwn[point] * _out[next]; // own own other own
        }

        return (own, other);
    }

    private void FindBorder(int a, int b)
    {
        var (small, large) = _members[a]!.Count <= _members[b]!.Count ? (a, b) : (b, a);
        foreach (var point in _members[small]!)
        {
            for (var edge = point * _graph.Degree; edge < (point + 1) * _graph.Degree; edge++)
            {
                if (_groupOf[_graph.Neighbors[edge]] == large)
                    AddEdge(point, _graph.Neighbors[edge], _graph.Probabilities[edge]);
            }

            for (var edge = _incoming.Starts[point]; edge < _incoming.Starts[point + 1]; edge++)
            {
                if (_groupOf[_incoming.Points[edge]] == large)
                    AddEdge(_incoming.Points[edge], point, _incoming.Probabilities[edge]);
            }
        }
    }

    private void AddEdge(int from, int to, double probability)
    {
        // Too small for a float: the edge of an outlier to all but its nearest.
        if (probability == 0)
            return;
        Touch(from);
        Touch(to);
        _out[from] += probability;
        _in[to] += probability;
    }

    private void Touch(int point)
    {
        if (_out[point] == 0 && _in[point] == 0)
            _border.Add(point);
    }

    private void ForgetBorder()
    {
        foreach (var point in _border)
            (_out[point], _in[point]) = (0, 0);
        _border.Clear();
    }
}
