using System.CommandLine;
using System.ComponentModel;
using System.Text.Json;
using Microsoft.ML.DeepClustering.Methods;
using Samples;

namespace Benchmarks;

/// <summary>The options that choose a method and its settings: any method, any of its presets, any of its properties.</summary>
internal sealed class MethodChoice
{
    private readonly Option<string> _method = new("--method") { DefaultValueFactory = _ => "Ddc", Description = $"One of {string.Join(", ", MethodNames.OptionTypes.Keys)}" };
    private readonly Option<string?> _preset = new("--preset") { Description = "A preset of the method's options: Pr24, Usps ..." };
    private readonly Option<string[]> _set = new("--set") { Description = "Property=value of the method's options, any number of them; for options within options a path, such as Companion.Kernel=Naive, or JSON, such as Augmentation={}", AllowMultipleArgumentsPerToken = true };
    private readonly Option<int> _seed = new("--seed") { DefaultValueFactory = _ => 1 };
    private readonly Option<int> _threads = new("--threads") { DefaultValueFactory = _ => 1 };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _method, _preset, _set, _seed, _threads })
            command.Add(option);
    }

    public DeepClusteringOptions Options(ParseResult parsed)
    {
        var options = Create(parsed.GetValue(_method)!, parsed.GetValue(_preset), parsed.GetValue(_set) ?? []);
        options.Seed = parsed.GetValue(_seed);
        options.NumberOfThreads = parsed.GetValue(_threads);
        return options;
    }

    public static DeepClusteringOptions Create(string method, string? preset, params string[] settings)
    {
        if (!MethodNames.OptionTypes.TryGetValue(method, out var type))
            throw new ArgumentException($"--method is {method}; it must be one of {string.Join(", ", MethodNames.OptionTypes.Keys)}.");
        var options = NamedPresets.Create(type, preset);
        options.NumberOfClusters = 10;
        foreach (var setting in settings)
        {
            var (name, value) = setting.Split('=', 2) is [var n, var v] ? (n, v) : throw new ArgumentException($"--set is {setting}; it must be Property=value.");
            Set(options, name.Split('.'), value, setting);
        }

        return options;
    }

    public static DeepClusteringTrainer Trainer(MLContext ml, DeepClusteringOptions options)
        => DeepClusteringTrainer.Create(ml.Clustering.Trainers, options);

    private static void Set(object options, string[] path, string value, string setting)
    {
        var type = options.GetType();
        var property = type.GetProperty(path[0]) ?? throw new ArgumentException($"--set is {setting}; {type.Name} has no property {path[0]}.");
        if (path.Length == 1)
            property.SetValue(options, Value(property.PropertyType, value));
        else
            Set(property.GetValue(options) ?? throw new ArgumentException($"--set is {setting}; {path[0]} is null."), path[1..], value, setting);
    }

    // Options within options are JSON: {} or null.
    private static object? Value(Type type, string text)
        => TypeDescriptor.GetConverter(type) is var converter && converter.CanConvertFrom(typeof(string))
            ? converter.ConvertFromInvariantString(text)
            : JsonSerializer.Deserialize(text, type);
}
