using Microsoft.ML.DeepClustering.Methods;
using Microsoft.ML.DeepClustering.Options;

namespace Microsoft.ML.DeepClustering.Tests.Methods;

/// <summary>What the documentation of an option says is what it is: its default, its range, and the catalog's defaults. Over all options of all methods.</summary>
[TestClass]
public sealed class OptionDocumentationTests
{
    public static IEnumerable<object[]> Methods => MethodNames.OptionTypes.Values.Select(t => new object[] { t });

    public static IEnumerable<object[]> OptionClasses => [.. Methods, [typeof(CompanionOptions)], [typeof(ImageAugmentation)], [typeof(BrbOptions)], [typeof(UnseenOptions)]];

    [TestMethod]
    [DynamicData(nameof(OptionClasses))]
    public void Defaults_OfANewInstance_AreThoseOfTheDocumentation(Type type)
    {
        var options = Activator.CreateInstance(type)!;
        foreach (var option in DocumentedOption.All(type))
        {
            Assert.AreNotEqual("", option.Default, $"{option.Property.Name} has no default in its documentation: {option.Text}");
            Assert.IsTrue(option.IsDefault(option.Property.GetValue(options)), $"{option.Property.Name} is {option.Property.GetValue(options) ?? "null"}, and its documentation says {option.Default}");
        }
    }

    [TestMethod]
    [DynamicData(nameof(Methods))]
    public void Remarks_OfAMethodsOptions_ListTheDefaultsThatEachMethodHasOfItsOwn(Type type)
    {
        var ofTheMethod = DocumentedOption.All(type).Where(o => o.Text.Contains(DocumentedOption.OfTheMethod, StringComparison.Ordinal)).Select(o => o.Property.Name).ToArray();
        CollectionAssert.AreEquivalent(ofTheMethod, DocumentedOption.OwnDefaults(type).Keys.ToArray());
    }

    [TestMethod]
    [DynamicData(nameof(Methods))]
    public void Validate_ValuesAtAndOutsideTheDocumentedRange_AreTakenAndRefusedByName(Type type)
    {
        var count = 0;
        foreach (var option in DocumentedOption.All(type).Where(o => !IsNarrowed(type, o.Property.Name)))
            count += Check(type, option, "", o => o);
        Assert.IsGreaterThan(30, count);
    }

    [TestMethod]
    [DataRow(typeof(DdcUcoOptions))]
    [DataRow(typeof(DecUcoOptions))]
    public void Validate_OptionsOfTheCompanion_AreTakenAndRefusedByName(Type type)
    {
        foreach (var option in DocumentedOption.All(typeof(CompanionOptions)))
            Assert.IsGreaterThan(0, Check(type, option, "Companion.", o => type.GetProperty("Companion")!.GetValue(o)!));
        AssertRefused(type, "Companion", o => type.GetProperty("Companion")!.SetValue(o, null));
    }

    [TestMethod]
    public void Validate_OptionsOfTheAugmentation_AreTakenAndRefusedByName()
    {
        foreach (var option in DocumentedOption.All(typeof(ImageAugmentation)))
            Assert.IsGreaterThan(0, Check(typeof(DynamicAutoencoderOptions), option, "Augmentation.", o => ((DynamicAutoencoderOptions)o).Augmentation!));
    }

    [TestMethod]
    [DataRow("Brb", typeof(BrbOptions))]
    [DataRow("Unseen", typeof(UnseenOptions))]
    public void Validate_OptionsOfBrbAndUnseen_AreTakenAndRefusedByName(string name, Type type)
    {
        foreach (var owner in MethodNames.OptionTypes.Values.Where(t => t.GetProperty(name) is not null))
        {
            foreach (var option in DocumentedOption.All(type))
                Assert.IsGreaterThan(0, Check(owner, option, $"{name}.", Holder));
        }

        // The one that the options have, or a new one.
        object Holder(DeepClusteringOptions options)
        {
            var property = options.GetType().GetProperty(name)!;
            if (property.GetValue(options) is null)
                property.SetValue(options, Activator.CreateInstance(type));
            return property.GetValue(options)!;
        }
    }

    [TestMethod]
    public void Validate_EpochsOfAutoencoderKMeans_AreOfPretrainingAlone()
    {
        AssertRefused(typeof(AutoencoderKMeansOptions), "NumberOfEpochs", o => ((AutoencoderKMeansOptions)o).NumberOfEpochs = 1);
        AssertRefused(typeof(AutoencoderKMeansOptions), "NumberOfEpochs", o => ((AutoencoderKMeansOptions)o).NumberOfEpochs = -1);
        AssertRefused(typeof(AutoencoderKMeansOptions), "PretrainingEpochs", o => ((AutoencoderKMeansOptions)o).PretrainingEpochs = 0);
    }

    [TestMethod]
    [DynamicData(nameof(Methods))]
    public void Catalog_DefaultsOfItsParameters_AreThoseOfTheOptions(Type type)
    {
        var options = (DeepClusteringOptions)Activator.CreateInstance(type)!;
        var overload = typeof(DeepClusteringOptions).Assembly.GetExportedTypes().Where(t => t.Namespace == "Microsoft.ML")
            .SelectMany(t => t.GetMethods()).Single(m => m.Name == options.MethodName && m.GetParameters() is { Length: > 2 });
        foreach (var parameter in overload.GetParameters().Skip(1))
        {
            var name = char.ToUpperInvariant(parameter.Name![0]) + parameter.Name[1..];
            // The kernel is the companion's.
            var holder = type.GetProperty(name) is null ? type.GetProperty("Companion")!.GetValue(options)! : options;
            var value = parameter.ParameterType.IsEnum ? Enum.ToObject(parameter.ParameterType, parameter.DefaultValue!) : parameter.DefaultValue;
            Assert.AreEqual(holder.GetType().GetProperty(name)!.GetValue(holder), value, $"{overload.Name}({parameter.Name})");
        }
    }

    // The two of this method that others have a wider range of; they have a test of their own.
    private static bool IsNarrowed(Type type, string option) => type == typeof(AutoencoderKMeansOptions) && option is "NumberOfEpochs" or "PretrainingEpochs";

    // The number of values that were tried.
    private static int Check(Type type, DocumentedOption option, string path, Func<DeepClusteringOptions, object> holder)
    {
        var name = path + option.Property.Name;
        var (valid, invalid) = Values(option);
        foreach (var value in valid)
            Assert.AreEqual("", Faults(type, o => option.Property.SetValue(holder(o), value)), $"{name} {value ?? "null"}");
        foreach (var value in invalid)
            AssertRefused(type, name, o => option.Property.SetValue(holder(o), value));
        return valid.Count + invalid.Count;
    }

    private static (IReadOnlyList<object?> Valid, IReadOnlyList<object?> Invalid) Values(DocumentedOption option)
    {
        var type = Nullable.GetUnderlyingType(option.Property.PropertyType) ?? option.Property.PropertyType;
        if (type == typeof(int) || type == typeof(double))
        {
            var range = DocumentedRange.Find(option.Text, type);
            Assert.IsNotNull(range, $"{option.Property.Name} has no range in its documentation: {option.Text}");
            return (range.Valid, range.Invalid);
        }

        if (type.IsEnum)
            return ([.. Enum.GetValues(type).Cast<object>()], [Enum.ToObject(type, 99)]);
        if (type == typeof(bool))
            return ([false, true], []);
        if (type == typeof(string))
        {
            StringAssert.Contains(option.Text, "not empty");
            return (["Other"], [""]);
        }

        return type == typeof(ImageShape) ? ([new ImageShape(1, 1, 1)], [new ImageShape(0, 1, 1), new ImageShape(1, 0, 1), new ImageShape(1, 1, 0)]) : ([], []);
    }

    private static void AssertRefused(Type type, string name, Action<DeepClusteringOptions> change)
        => StringAssert.Contains(Faults(type, change), $" {name} is ");

    // What is wrong with new options after a change; empty for nothing.
    private static string Faults(Type type, Action<DeepClusteringOptions> change)
    {
        var options = (DeepClusteringOptions)Activator.CreateInstance(type)!;
        change(options);
        var faults = new OptionFaults();
        options.Validate(faults);
        try
        {
            faults.ThrowIfAny(options.MethodName);
            return "";
        }
        catch (ArgumentException e)
        {
            return e.Message;
        }
    }
}
