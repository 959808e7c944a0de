using System.Reflection;

namespace Microsoft.ML.DeepClustering.Tests.Architecture;

/// <summary>Which folders of the library know which: the one table of it, held against the compiled assembly.</summary>
[TestClass]
public sealed class DirectionTests
{
    // From a room to those that its types use. What stands below never knows what stands above.
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Catalogs"] = ["Estimators", "Selection", "Methods", "Metrics", "Persistence", "Training", "Internals", "Torch"],
        ["Estimators"] = ["Execution", "Checkpoints", "Scoring", "Persistence", "Training", "Data", "History", "Options", "Internals", "Torch"],
        ["Selection"] = ["Execution", "Methods", "Training", "Metrics", "Data", "History", "Options", "Torch"],
        ["Execution"] = ["Checkpoints", "Persistence", "Methods", "Training", "Data", "History", "Options", "Torch"],
        ["Persistence"] = ["Methods", "Scoring", "Training", "Networks", "Augmentation", "Kernels", "Data", "History", "Options", "Torch"],
        ["Checkpoints"] = ["Persistence", "Training", "Data", "History", "Torch"],
        ["Scoring"] = ["Training", "Data", "History", "Onnx", "Internals", "Torch"],
        ["Methods"] = ["Training", "Losses", "Networks", "Centroids", "Augmentation", "Kernels", "Optimizers", "Data", "History", "Options", "Onnx", "Torch"],
        ["Training"] = ["Metrics", "Optimizers", "Data", "History", "Options", "Torch"],
        ["Metrics"] = ["Centroids", "Data", "History", "Options", "Torch"],
        ["Networks"] = ["Data", "Options", "Onnx", "Torch"],
        ["Augmentation"] = ["Options", "Torch"],
        ["Losses"] = ["Onnx", "Torch"],
        ["Kernels"] = ["Torch"],
        ["Centroids"] = ["Onnx", "Torch"],
        ["Data"] = ["Onnx", "Torch"],
        ["Onnx"] = ["Internals"],
        ["Torch"] = ["Internals"],
    };

    public required TestContext TestContext { get; set; }

    [TestMethod]
    public void Arrows_BetweenFolders_AreThoseOfTheTable()
    {
        var (arrows, _) = Arrows();
        foreach (var arrow in arrows.OrderBy(a => a.From).ThenBy(a => a.To))
            TestContext.WriteLine($"{arrow.From} -> {arrow.To}: {arrow.Pairs.Count}");
        var foreign = arrows.Where(a => !Allowed.GetValueOrDefault(a.From, []).Contains(a.To)).Select(a => $"{a.From} -> {a.To}: {string.Join(", ", a.Pairs.Select(p => $"{p.User.Name} uses {p.Used.Name}"))}");
        Assert.IsEmpty(foreign, string.Join('\n', foreign));
        var unused = from room in Allowed from to in room.Value where !arrows.Any(a => a.From == room.Key && a.To == to) select $"{room.Key} -> {to}";
        Assert.IsEmpty(unused, "The table allows what nothing needs: " + string.Join(", ", unused));
    }

    [TestMethod]
    public void Table_Followed_HasNoCircle()
    {
        foreach (var room in Allowed.Keys)
            Assert.DoesNotContain(room, Below(room), $"{room} knows itself by way of others");
    }

    private static HashSet<string> Below(string room)
    {
        var below = new HashSet<string>();
        var open = new Stack<string>(Allowed.GetValueOrDefault(room, []));
        while (open.TryPop(out var next))
        {
            if (below.Add(next))
                Array.ForEach(Allowed.GetValueOrDefault(next, []), open.Push);
        }

        return below;
    }

    [TestMethod]
    public void Library_OtherPackages_AreUnknownToIt()
    {
        // Reporting and what else stands on the library knows its public surface only.
        var library = typeof(DeepClusteringOptions).Assembly;
        var known = library.GetReferencedAssemblies().Select(a => a.Name).Concat(library.GetCustomAttributes<System.Runtime.CompilerServices.InternalsVisibleToAttribute>().Select(a => a.AssemblyName));
        Assert.AreEqual("", string.Join(", ", known.Where(name => Directory.Exists(Path.Combine(Documentation.ReadmeTests.Root, "src", name!)))));
    }

    [TestMethod]
    public void Namespaces_OfAllTypes_FollowTheFolders()
    {
        var tree = new SourceTree();
        var wrong = from type in typeof(DeepClusteringOptions).Assembly.GetTypes()
                    where !type.IsNested && type.Namespace is { } name && name.StartsWith("Microsoft.ML", StringComparison.Ordinal) && tree.FolderOf(type.Name.Split('`')[0]) is not null
                    let expected = ExpectedNamespace(type, tree.FolderOf(type.Name.Split('`')[0])!)
                    where type.Namespace != expected
                    select $"{type.Name} is in {type.Namespace}, and belongs in {expected}";
        Assert.IsEmpty(wrong, string.Join('\n', wrong));
    }

    // Public types in one namespace, what adds to ML.NET's catalogs in theirs, the rest as the folder.
    private static string ExpectedNamespace(Type type, string folder)
    {
        if (!type.IsPublic)
            return $"Microsoft.ML.DeepClustering.{folder.Replace('/', '.')}";
        return type is { IsAbstract: true, IsSealed: true } && type.IsDefined(typeof(System.Runtime.CompilerServices.ExtensionAttribute)) ? "Microsoft.ML" : "Microsoft.ML.DeepClustering";
    }

    private static (List<Arrow> Arrows, SourceTree Tree) Arrows()
    {
        var tree = new SourceTree();
        using var references = new TypeReferences(typeof(DeepClusteringOptions).Assembly.Location);
        var arrows = from pair in references.Pairs
                     let edge = (From: tree.RoomOf(pair.User), To: tree.RoomOf(pair.Used))
                     where edge.From is not null && edge.To is not null && edge.From != edge.To
                     group pair by edge into pairs
                     select new Arrow(pairs.Key.From!, pairs.Key.To!, [.. pairs.OrderBy(p => p.User.Name).ThenBy(p => p.Used.Name)]);
        return ([.. arrows], tree);
    }

    private sealed record Arrow(string From, string To, IReadOnlyList<((string Namespace, string Name) User, (string Namespace, string Name) Used)> Pairs);
}
