using System.Security.Cryptography;
using Samples;

namespace Experiments;

/// <summary>
/// The papers' data sets by name, and where they lie: given as name=folder, or under a folder of all. Images are scaled to [-1, 1].
/// The digits come with the program, and blobs are drawn.
/// </summary>
internal sealed class DataSets(IReadOnlyDictionary<string, string> folders, string? root)
{
    private const string Digits = "digits";
    private const string DebianFashion = "/usr/share/datasets/fashion-mnist";

    // The files of the sets whose format is known, those of the first line that is there; any other set is read as text.
    private static readonly Dictionary<string, string[][]> Files = new(StringComparer.Ordinal)
    {
        [Digits] = [[$"{Digits}.csv.gz"]],
        ["usps"] = [["zip.train.gz", "zip.test.gz"], ["zip.train", "zip.test"]],
        ["mnist"] = Idx("train"),
        ["mnist-test"] = Idx("t10k"),
        ["mnist-full"] = Both,
        ["fashion-mnist"] = Idx("train"),
        ["fashion-mnist-test"] = Idx("t10k"),
        ["fashion-mnist-full"] = Both,
    };

    /// <summary>The paths of a set's files, none of one that is drawn, or null when they are not there.</summary>
    public IReadOnlyList<string>? Find(string name)
    {
        if (DrawnBlobs.IsName(name))
            return [];
        return (from folder in Folders(name)
                from line in FilesOf(name)
                let paths = line.Select(file => Path.Combine(folder, file)).ToArray()
                where paths.All(File.Exists)
                select paths).FirstOrDefault();
    }

    /// <summary>What to do where <see cref="Find"/> has nothing.</summary>
    public static string Remedy(string name)
    {
        var folder = $"give --data {name}=FOLDER, a folder with {string.Join(" and ", FilesOf(name)[^1])}, gzipped or not";
        return DrawnBlobs.IsLike(name) ? $"{DrawnBlobs.Allowed}. Change the name, or {folder}" : folder;
    }

    /// <summary>SHA-256 over the files.</summary>
    public static string Hash(IReadOnlyList<string> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in files)
            hash.AppendData(SHA256.HashData(File.ReadAllBytes(file)));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    public static LabelledRows Read(string name, IReadOnlyList<string> files)
    {
        if (files.Count == 0)
            return DrawnBlobs.Draw(name);
        if (name == Digits)
            return ReadDigits(files[0]);
        if (name == "usps")
            return Of(ImageFiles.ReadUsps([.. files]));
        if (!Files.ContainsKey(name))
            return TextRows.Read(files[0]);
        var parts = files.Chunk(2).Select(pair => Of(ImageFiles.ReadIdx(pair[0], pair[1]))).ToArray();
        return parts[0] with { Features = [.. parts.SelectMany(p => p.Features)], Labels = [.. parts.SelectMany(p => p.Labels)] };
    }

    private IEnumerable<string> Folders(string name)
    {
        if (folders.TryGetValue(name, out var folder))
            return [folder];
        var found = new List<string>();
        if (root is not null)
            found.Add(Path.Combine(root, name));
        if (name == Digits)
            found.Add(AppContext.BaseDirectory);
        if (name.StartsWith("fashion-mnist", StringComparison.Ordinal))
            found.Add(DebianFashion);
        return found;
    }

    private static string[][] FilesOf(string name) => Files.TryGetValue(name, out var known) ? known : [[$"{name}.txt.gz"], [$"{name}.txt"]];

    private static string[][] Both => [.. Idx("train").Zip(Idx("t10k"), (a, b) => (string[])[.. a, .. b])];

    private static string[][] Idx(string part) =>
    [
        [$"{part}-images-idx3-ubyte.gz", $"{part}-labels-idx1-ubyte.gz"],
        [$"{part}-images-idx3-ubyte", $"{part}-labels-idx1-ubyte"],
    ];

    // 64 pixels from 0 to 16 and the digit a line.
    private static LabelledRows ReadDigits(string path)
    {
        var (features, labels) = (new List<float[]>(), new List<int>());
        foreach (var text in TextRows.Lines(path))
        {
            var numbers = Array.ConvertAll(text.Split(','), w => TextRows.Number(w, path, labels.Count + 1));
            features.Add(Array.ConvertAll(numbers[..64], p => p / 8 - 1));
            labels.Add((int)numbers[64]);
        }

        return new([1, 8, 8], [.. features], [.. labels]);
    }

    private static LabelledRows Of(ImageSet images) => new([1, images.Height, images.Width], images.Pixels, images.Labels);
}
