namespace Microsoft.ML.DeepClustering.Centroids;

/// <summary>
/// How many paths of a random walk on a graph lead from the points of a cluster to its points, a step counting z. With S(a | c) = 1ᵀ (I - z P_c)⁻¹ 1 / |a|² over the rows and columns of a,
/// the paths between points of a that stay in c, the affinity of two clusters is S(a | a ∪ b) - S(a | a) + S(b | a ∪ b) - S(b | b). Zhang, Zhao and Wang 2013, Equations 7 to 11.
/// </summary>
/// <param name="graph">The graph with the steps' probabilities P.</param>
internal sealed class PathIntegral(NeighborGraph graph)
{
    private const double Weight = 0.01; // z, as in the paper

    // Paths of no and of one step are the same in both integrals; those of more steps than this add less than a part in 10⁷.
    private const int MostSteps = 5;

    // Of each point its place in the union that is looked at, plus 1; 0 outside of it.
    private readonly int[] _places = new int[graph.Count];

    // The edges within the union: where each place's begin, and where they lead.
    private readonly List<(int Place, double Probability)> _edges = [];
    private readonly List<int> _starts = [];

    /// <summary>The affinity, 0 or more. The two have no point in common.</summary>
    public double Affinity(int[] a, int[] b)
    {
        Enter(a, b);
        var sum = (Gain(0, a.Length) / ((double)a.Length * a.Length)) + (Gain(a.Length, a.Length + b.Length) / ((double)b.Length * b.Length));
        foreach (var i in a)
            _places[i] = 0;
        foreach (var i in b)
            _places[i] = 0;
        return sum;
    }

    private void Enter(int[] a, int[] b)
    {
        var place = 0;
        foreach (var i in a)
            _places[i] = ++place;
        foreach (var i in b)
            _places[i] = ++place;
        _edges.Clear();
        _starts.Clear();
        AddEdges(a);
        AddEdges(b);
        _starts.Add(_edges.Count);
    }

    private void AddEdges(int[] points)
    {
        foreach (var i in points)
        {
            _starts.Add(_edges.Count);
            for (var edge = i * graph.Degree; edge < (i + 1) * graph.Degree; edge++)
            {
                if (_places[graph.Neighbors[edge]] is > 0 and var place)
                    _edges.Add((place - 1, Weight * graph.Probabilities[edge]));
            }
        }
    }

    // What the paths between the places from first to end through the others add to those that stay among them.
    private double Gain(int first, int end)
    {
        var count = _starts.Count - 1;
        var (inUnion, within) = (new double[count], new double[count]);
        Array.Fill(inUnion, 1, first, end - first);
        Array.Fill(within, 1, first, end - first);
        var (nextInUnion, nextWithin) = (new double[count], new double[count]);
        var gain = 0.0;
        for (var step = 1; step <= MostSteps; step++)
        {
            for (var i = 0; i < count; i++)
            {
                var isWithin = i >= first && i < end;
                var (union, inside) = (0.0, 0.0);
                for (var edge = _starts[i]; edge < _starts[i + 1]; edge++)
                {
                    var (place, probability) = _edges[edge];
                    union += probability * inUnion[place];
                    inside += isWithin ? probability * within[place] : 0;
                }

                (nextInUnion[i], nextWithin[i]) = (union, inside);
                if (isWithin)
                    gain += union - inside;
            }

            (inUnion, nextInUnion) = (nextInUnion, inUnion);
            (within, nextWithin) = (nextWithin, within);
        }

        return gain;
    }
}
