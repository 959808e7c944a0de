using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace Microsoft.ML.DeepClustering.Tests.Support;

/// <summary>The methods of an assembly as they are compiled, and what each of them calls.</summary>
internal sealed class CompiledAssembly : IDisposable
{
    private const byte Call = 0x28;
    private const byte CallVirtual = 0x6f;
    private const byte NewObject = 0x73;

    private readonly PEReader _file;
    private readonly MetadataReader _metadata;

    public CompiledAssembly(string path)
    {
        _file = new PEReader(File.OpenRead(path));
        _metadata = _file.GetMetadataReader();
        var keys = Keys();
        Methods = [.. _metadata.MethodDefinitions.Select(h => MethodOf(h, keys))];
    }

    public IReadOnlyList<Method> Methods { get; }

    /// <summary>The methods that call one of these, or call one that does, and so on.</summary>
    public IReadOnlySet<string> Callers(IReadOnlySet<string> called)
    {
        var callers = new HashSet<string>();
        int before;
        do
        {
            before = callers.Count;
            foreach (var method in Methods.Where(m => m.Calls.Any(c => called.Contains(c) || callers.Contains(c))))
                callers.Add(method.Key);
        }
        while (callers.Count > before);
        return callers;
    }

    public void Dispose() => _file.Dispose();

    private Method MethodOf(MethodDefinitionHandle handle, Dictionary<int, string> keys)
    {
        var definition = _metadata.GetMethodDefinition(handle);
        var name = $"{TypeName(definition.GetDeclaringType())}.{_metadata.GetString(definition.Name)}";
        var calls = definition.RelativeVirtualAddress == 0 ? [] : Calls(_file.GetMethodBody(definition.RelativeVirtualAddress).GetILBytes()!, keys);
        return new(name, keys[MetadataTokens.GetToken(handle)], calls);
    }

    // A token that is no call but looks like one is a name too many, which a reader of the result sees.
    private static string[] Calls(byte[] code, Dictionary<int, string> keys)
        => [.. Enumerable.Range(0, Math.Max(0, code.Length - 4))
            .Where(i => code[i] is Call or CallVirtual or NewObject)
            .Select(i => keys.GetValueOrDefault(BitConverter.ToInt32(code, i + 1)))
            .OfType<string>()
            .Distinct()];

    private Dictionary<int, string> Keys()
    {
        var keys = new Dictionary<int, string>();
        foreach (var handle in _metadata.MethodDefinitions)
        {
            var method = _metadata.GetMethodDefinition(handle);
            keys[MetadataTokens.GetToken(handle)] = Key(TypeName(method.GetDeclaringType()), method.Name, method.DecodeSignature(TypeNames.Instance, null));
        }

        foreach (var handle in _metadata.MemberReferences)
        {
            var member = _metadata.GetMemberReference(handle);
            if (member.GetKind() == MemberReferenceKind.Method)
                keys[MetadataTokens.GetToken(handle)] = Key(ParentName(member.Parent), member.Name, member.DecodeMethodSignature(TypeNames.Instance, null));
        }

        return keys;
    }

    private string Key(string type, StringHandle name, MethodSignature<string> signature)
        => $"{type}.{_metadata.GetString(name)}({string.Join(", ", signature.ParameterTypes)})";

    private string ParentName(EntityHandle parent) => parent.Kind switch
    {
        HandleKind.TypeReference => ReferenceName((TypeReferenceHandle)parent),
        HandleKind.TypeDefinition => TypeName((TypeDefinitionHandle)parent),
        _ => "?",
    };

    private string ReferenceName(TypeReferenceHandle handle)
    {
        var type = _metadata.GetTypeReference(handle);
        var name = _metadata.GetString(type.Name);
        return type.ResolutionScope.Kind == HandleKind.TypeReference ? $"{ReferenceName((TypeReferenceHandle)type.ResolutionScope)}/{name}" : name;
    }

    private string TypeName(TypeDefinitionHandle handle)
    {
        var type = _metadata.GetTypeDefinition(handle);
        var name = _metadata.GetString(type.Name);
        return type.IsNested ? $"{TypeName(type.GetDeclaringType())}/{name}" : name;
    }

    /// <param name="Name">Type and method.</param>
    /// <param name="Key">The same with the types of its parameters.</param>
    /// <param name="Calls">The keys of the methods that it calls.</param>
    internal sealed record Method(string Name, string Key, IReadOnlyList<string> Calls);

    private sealed class TypeNames : ISignatureTypeProvider<string, object?>
    {
        public static TypeNames Instance { get; } = new();

        public string GetArrayType(string elementType, ArrayShape shape) => $"{elementType}[,]";

        public string GetByReferenceType(string elementType) => $"{elementType}&";

        public string GetFunctionPointerType(MethodSignature<string> signature) => "function";

        public string GetGenericInstantiation(string genericType, ImmutableArray<string> typeArguments) => $"{genericType}<{string.Join(", ", typeArguments)}>";

        public string GetGenericMethodParameter(object? genericContext, int index) => $"!!{index}";

        public string GetGenericTypeParameter(object? genericContext, int index) => $"!{index}";

        public string GetModifiedType(string modifier, string unmodifiedType, bool isRequired) => unmodifiedType;

        public string GetPinnedType(string elementType) => elementType;

        public string GetPointerType(string elementType) => $"{elementType}*";

        public string GetPrimitiveType(PrimitiveTypeCode typeCode) => typeCode.ToString();

        public string GetSZArrayType(string elementType) => $"{elementType}[]";

        public string GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) => reader.GetString(reader.GetTypeDefinition(handle).Name);

        public string GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) => reader.GetString(reader.GetTypeReference(handle).Name);

        public string GetTypeFromSpecification(MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind)
            => reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);
    }
}
