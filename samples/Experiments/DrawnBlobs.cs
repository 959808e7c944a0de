using System.Globalization;
using System.Text.RegularExpressions;

namespace Experiments;

/// <summary>
/// Data that are drawn and need no file: blobs-6-8 has 6 clusters in 8 dimensions, of 100 to 300 rows each, round and well apart. The same name gives the same rows:
/// results are kept under it, so that other rows need another name.
/// </summary>
internal static partial class DrawnBlobs
{
    private const double Deviation = 0.06;
    private const double LeastDistance = 7 * Deviation;

    /// <summary>Which blobs there are, for a message.</summary>
    public const string Allowed = "blobs-K-D is drawn for 2 to 6 clusters K in D = 2 dimensions, and for 2 to 15 in 3 to 99";

    /// <summary>Whether a name looks like one of theirs.</summary>
    public static bool IsLike(string name) => name.StartsWith("blobs-", StringComparison.Ordinal);

    public static bool IsName(string name) => Name().IsMatch(name);

    public static LabelledRows Draw(string name)
    {
        var numbers = name.Split('-');
        var (clusters, dimensions) = (Number(numbers[1]), Number(numbers[2]));
        var random = new Random((clusters * 1000) + dimensions);
        var centers = new List<float[]>();
        while (centers.Count < clusters)
        {
            var center = Enumerable.Range(0, dimensions).Select(_ => (float)random.NextDouble()).ToArray();
            if (centers.All(c => Distance(c, center) >= LeastDistance))
                centers.Add(center);
        }

        var labels = centers.SelectMany((_, i) => Enumerable.Repeat(i, random.Next(100, 301))).ToArray();
        random.Shuffle(labels);
        var features = Array.ConvertAll(labels, label => Array.ConvertAll(centers[label], c => c + (float)(Deviation * Normal(random))));
        return new([dimensions], features, labels);
    }

    private static double Distance(float[] a, float[] b) => Math.Sqrt(a.Zip(b, (x, y) => (x - y) * (x - y)).Sum());

    // Box and Muller 1958.
    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    // 2 to 6 clusters in two dimensions, 2 to 15 in 3 to 99: so many find room.
    [GeneratedRegex("^blobs-(?:[2-6]-2|(?:[2-9]|1[0-5])-(?:[3-9]|[1-9][0-9]))$")]
    private static partial Regex Name();
}
