using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Microsoft.ML.DeepClustering.Tests.StandIns;

/// <summary>Writes what a type shows to other assemblies, a line a member, in the format of <c>build/standins/api</c>.</summary>
internal static class ConformityLines
{
    private const BindingFlags Declared =
        BindingFlags.DeclaredOnly | BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;

    /// <summary>The types that other assemblies can use or derive from, nested ones too.</summary>
    public static IEnumerable<Type> VisibleTypes(Assembly assembly)
        => assembly.GetTypes().Where(t => IsVisible(t) && !IsGenerated(t)).OrderBy(TypeName, StringComparer.Ordinal);

    /// <summary>A definition's name: <c>Namespace.Outer+Name`1&lt;T&gt;</c>.</summary>
    public static string TypeName(Type type)
        => type.IsGenericTypeDefinition ? $"{type.FullName}<{string.Join(", ", type.GetGenericArguments().Select(a => a.Name))}>" : type.FullName!;

    /// <summary><c>sealed class</c>, <c>interface</c>, <c>struct</c>, <c>enum</c> ...</summary>
    public static string Kind(Type type) => type switch
    {
        { IsEnum: true } => "enum",
        { IsValueType: true } => "struct",
        { IsInterface: true } => "interface",
        { IsAbstract: true, IsSealed: true } => "static class",
        { IsAbstract: true } => "abstract class",
        { IsSealed: true } => "sealed class",
        _ => "class",
    };

    /// <summary>The base class as the format has it: null for the roots that every type of a kind shares.</summary>
    public static string? BaseName(Type type)
    {
        var parent = type.BaseType;
        var isRoot = parent == null || parent == typeof(object) || parent == typeof(ValueType)
            || parent == typeof(Enum) || parent == typeof(MulticastDelegate);
        return isRoot ? null : Reference(parent!);
    }

    /// <summary>All interfaces that other assemblies can name, inherited ones too, sorted.</summary>
    public static IReadOnlyList<string> InterfaceNames(Type type)
        => type.GetInterfaces().Where(i => i.IsVisible).Select(Reference).Order(StringComparer.Ordinal).ToList();

    /// <summary>The type's own line: kind, base class, interfaces.</summary>
    public static string TypeLine(Type type)
    {
        var bases = InterfaceNames(type).Prepend(BaseName(type)).Where(b => b != null).ToList();
        return bases.Count == 0 ? Kind(type) : $"{Kind(type)} : {string.Join(", ", bases)}";
    }

    /// <summary>The lines of all public and protected members that the type itself declares.</summary>
    public static IReadOnlyList<string> MemberLines(Type type)
    {
        var fields = type.GetFields(Declared).Where(f => f.IsPublic || f.IsFamily || f.IsFamilyOrAssembly).Select(Field);
        var constructors = type.GetConstructors(Declared).Where(c => !c.IsStatic && IsVisible(c))
            .Select(c => $"{Access(c)} .ctor({Parameters(c.GetParameters())})");
        var methods = type.GetMethods(Declared)
            .Where(m => IsVisible(m) && !IsGenerated(m) && (!m.IsSpecialName || m.Name.StartsWith("op_", StringComparison.Ordinal)))
            .Select(Method);
        var properties = type.GetProperties(Declared).Where(p => p.GetAccessors(nonPublic: true).Any(IsVisible)).Select(Property);
        var events = type.GetEvents(Declared).Where(e => IsVisible(e.AddMethod!))
            .Select(e => $"{Access(e.AddMethod!)}{StaticOrAbstract(e.AddMethod!)} event {Reference(e.EventHandlerType!)} {e.Name}");
        return fields.Concat(constructors).Concat(methods).Concat(properties).Concat(events).ToList();
    }

    private static string Field(FieldInfo field)
    {
        var access = field.IsPublic ? "public" : "protected";
        var name = $"{Reference(field.FieldType)} {field.Name}";
        if (field.IsLiteral)
            return $"{access} const {name} = {Text(field.GetRawConstantValue())}";
        return access + (field.IsStatic ? " static" : "") + (field.IsInitOnly ? " readonly" : "") + " " + name;
    }

    private static string Method(MethodInfo method)
    {
        var generic = method.IsGenericMethodDefinition
            ? $"<{string.Join(", ", method.GetGenericArguments().Select(a => a.Name))}>"
            : "";
        return $"{Access(method)}{MethodModifier(method)} {Reference(method.ReturnType)} {method.Name}{generic}({Parameters(method.GetParameters())})";
    }

    private static string Property(PropertyInfo property)
    {
        var visible = property.GetAccessors(nonPublic: true).Where(IsVisible).ToList();
        var first = visible.FirstOrDefault(a => a.IsPublic) ?? visible[0];
        var index = property.GetIndexParameters();
        var accessors = (property.GetMethod is { } get && IsVisible(get) ? "get; " : "") + (property.SetMethod is { } set && IsVisible(set) ? "set; " : "");
        return $"{Access(first)}{StaticOrAbstract(first)} {Reference(property.PropertyType)} {property.Name}"
            + (index.Length == 0 ? "" : $"[{Parameters(index)}]") + $" {{ {accessors}}}";
    }

    private static string Parameters(ParameterInfo[] parameters) => string.Join(", ", parameters.Select(Parameter));

    private static string Parameter(ParameterInfo parameter)
    {
        var prefix = parameter.ParameterType.IsByRef ? (parameter.IsOut ? "out " : "ref ")
            : parameter.IsDefined(typeof(ParamArrayAttribute)) || parameter.IsDefined(typeof(ParamCollectionAttribute)) ? "params "
            : "";
        var type = parameter.ParameterType.IsByRef ? parameter.ParameterType.GetElementType()! : parameter.ParameterType;
        var value = parameter.HasDefaultValue ? $" = {DefaultText(parameter.RawDefaultValue)}" : "";
        return $"{prefix}{Reference(type)} {parameter.Name}{value}";
    }

    private static string DefaultText(object? value) => value switch
    {
        null => "null",
        string text => $"\"{text}\"",
        _ => Text(value),
    };

    private static string Text(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "null";

    private static string Access(MethodBase method) => method.IsPublic ? "public" : "protected";

    /// <summary>What can be overridden further is marked; a sealed override looks like a plain method.</summary>
    private static string MethodModifier(MethodInfo method)
    {
        if (method.IsStatic || method.IsAbstract)
            return StaticOrAbstract(method);
        if (!method.IsVirtual || method.IsFinal)
            return "";
        return method.GetBaseDefinition() == method ? " virtual" : " override";
    }

    private static string StaticOrAbstract(MethodInfo method)
        => (method.IsStatic ? " static" : "") + (method.IsAbstract ? " abstract" : "");

    private static string Reference(Type type)
    {
        if (type.IsGenericParameter)
            return type.Name;
        if (type.IsByRef)
            return "ref " + Reference(type.GetElementType()!);
        if (type.IsPointer)
            return Reference(type.GetElementType()!) + "*";
        if (type.IsArray)
            return $"{Reference(type.GetElementType()!)}[{new string(',', type.GetArrayRank() - 1)}]";
        return type.IsGenericType
            ? $"{type.GetGenericTypeDefinition().FullName}<{string.Join(", ", type.GetGenericArguments().Select(Reference))}>"
            : type.FullName!;
    }

    private static bool IsVisible(Type type)
        => type.IsNested
            ? (type.IsNestedPublic || type.IsNestedFamily || type.IsNestedFamORAssem) && IsVisible(type.DeclaringType!)
            : type.IsPublic;

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static bool IsGenerated(MemberInfo member)
        => member.Name.StartsWith('<') || member.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false);
}
