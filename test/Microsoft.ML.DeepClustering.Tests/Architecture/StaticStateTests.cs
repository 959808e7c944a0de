using System.Reflection;
using System.Runtime.CompilerServices;

namespace Microsoft.ML.DeepClustering.Tests.Architecture;

/// <summary>Nothing in the library remembers anything from one training to the next.</summary>
[TestClass]
public sealed class StaticStateTests
{
    [TestMethod]
    public void StaticFields_OfTheLibrary_AreReadOnly()
    {
        var fields = typeof(DeepClusteringTrainer).Assembly.GetTypes()
            // Delegates and tables that the compiler makes once and never changes.
            .Where(type => !type.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false) && !type.Name.Contains('<'))
            .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .ToArray();
        Assert.IsGreaterThan(50, fields.Length);
        var mutable = fields.Where(f => !f.IsInitOnly && !f.IsLiteral && !IsGenerated(f)).Select(f => $"{f.DeclaringType}.{f.Name}");
        Assert.AreEqual("", string.Join(", ", mutable));
    }

    // The serializers that the compiler generates keep what they have made.
    private static bool IsGenerated(FieldInfo field)
        => (field.Name.Contains('<') && !field.Name.EndsWith("k__BackingField", StringComparison.Ordinal)) || field.DeclaringType!.IsDefined(typeof(System.CodeDom.Compiler.GeneratedCodeAttribute), inherit: false);
}
