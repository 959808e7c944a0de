using System.Reflection;
using Microsoft.ML.DeepClustering;

namespace Samples;

/// <summary>The presets of a method's options by their names: the static methods of its nested class Presets that ask for nothing; optional parameters have their defaults.</summary>
internal static class NamedPresets
{
    /// <summary>New options of a method.</summary>
    /// <param name="options">The method's options class.</param>
    /// <param name="preset">A preset's name, or null for the defaults.</param>
    /// <exception cref="ArgumentException">There is no such preset.</exception>
    public static DeepClusteringOptions Create(Type options, string? preset)
    {
        if (preset is null)
            return (DeepClusteringOptions)Activator.CreateInstance(options)!;
        var presets = options.GetNestedType("Presets")?.GetMethods(BindingFlags.Public | BindingFlags.Static).Where(m => Array.TrueForAll(m.GetParameters(), p => p.IsOptional)).ToArray() ?? [];
        var method = Array.Find(presets, m => m.Name == preset)
            ?? throw new ArgumentException($"{options.Name} has no preset '{preset}'; {(presets.Length == 0 ? "it has none" : $"it has {string.Join(", ", presets.Select(m => m.Name))}")}.");
        return (DeepClusteringOptions)method.Invoke(null, [.. method.GetParameters().Select(p => p.DefaultValue)])!;
    }
}
