using System.Collections.Immutable;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace Microsoft.ML.DeepClustering.Tests.Architecture;

/// <summary>
/// Which types of an assembly use which others of it, as it is compiled: in bases, interfaces, fields, signatures, locals and code.
/// A nested type counts as the one that it is in. Constants leave no trace in code.
/// </summary>
internal sealed class TypeReferences : IDisposable
{
    private static readonly Dictionary<ushort, OpCode> Codes = typeof(OpCodes).GetFields().Select(f => (OpCode)f.GetValue(null)!).ToDictionary(c => (ushort)c.Value);

    private readonly PEReader _file;
    private readonly MetadataReader _metadata;

    public TypeReferences(string path)
    {
        _file = new PEReader(File.OpenRead(path));
        _metadata = _file.GetMetadataReader();
        foreach (var handle in _metadata.TypeDefinitions)
        {
            var user = NameOf(handle);
            Types.Add(user);
            foreach (var used in UsedBy(handle).Select(NameOf).Where(n => n != user))
                Pairs.Add((user, used));
        }
    }

    /// <summary>The types, with their namespaces.</summary>
    public HashSet<(string Namespace, string Name)> Types { get; } = [];

    /// <summary>Each user with each type that it uses.</summary>
    public HashSet<((string Namespace, string Name) User, (string Namespace, string Name) Used)> Pairs { get; } = [];

    public void Dispose() => _file.Dispose();

    private (string Namespace, string Name) NameOf(TypeDefinitionHandle handle)
    {
        var type = _metadata.GetTypeDefinition(handle);
        return type.IsNested ? NameOf(type.GetDeclaringType()) : (_metadata.GetString(type.Namespace), _metadata.GetString(type.Name).Split('`')[0]);
    }

    private HashSet<TypeDefinitionHandle> UsedBy(TypeDefinitionHandle handle)
    {
        var found = new Collector(_metadata);
        var type = _metadata.GetTypeDefinition(handle);
        found.AddToken(type.BaseType);
        foreach (var implemented in type.GetInterfaceImplementations())
            found.AddToken(_metadata.GetInterfaceImplementation(implemented).Interface);
        foreach (var field in type.GetFields())
            _metadata.GetFieldDefinition(field).DecodeSignature(found, null);
        foreach (var method in type.GetMethods())
            AddMethod(_metadata.GetMethodDefinition(method), found);
        return found.Types;
    }

    private void AddMethod(MethodDefinition method, Collector found)
    {
        method.DecodeSignature(found, null);
        if (method.RelativeVirtualAddress == 0)
            return;
        var body = _file.GetMethodBody(method.RelativeVirtualAddress);
        if (!body.LocalSignature.IsNil)
            _metadata.GetStandaloneSignature(body.LocalSignature).DecodeLocalSignature(found, null);
        foreach (var token in Tokens(body.GetILBytes()!))
            found.AddToken(token);
        foreach (var region in body.ExceptionRegions)
            found.AddToken(region.CatchType);
    }

    private static IEnumerable<EntityHandle> Tokens(byte[] code)
    {
        for (var i = 0; i < code.Length;)
        {
            var value = code[i] == 0xfe ? (ushort)(0xfe00 | code[i + 1]) : code[i];
            i += value > 0xff ? 2 : 1;
            var operand = Codes[value].OperandType;
            if (operand is OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType)
                yield return MetadataTokens.EntityHandle(BitConverter.ToInt32(code, i));
            i += operand switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(code, i)),
                _ => 4,
            };
        }
    }

    // Decoding a signature only notes the types that it meets.
    private sealed class Collector(MetadataReader metadata) : ISignatureTypeProvider<int, object?>
    {
        public HashSet<TypeDefinitionHandle> Types { get; } = [];

        public void AddToken(EntityHandle token)
        {
            if (token.IsNil)
                return;
            switch (token.Kind)
            {
                case HandleKind.TypeDefinition:
                    Types.Add((TypeDefinitionHandle)token);
                    break;
                case HandleKind.TypeSpecification:
                    metadata.GetTypeSpecification((TypeSpecificationHandle)token).DecodeSignature(this, null);
                    break;
                case HandleKind.MethodDefinition:
                    Types.Add(metadata.GetMethodDefinition((MethodDefinitionHandle)token).GetDeclaringType());
                    break;
                case HandleKind.FieldDefinition:
                    Types.Add(metadata.GetFieldDefinition((FieldDefinitionHandle)token).GetDeclaringType());
                    break;
                case HandleKind.MemberReference:
                    AddToken(metadata.GetMemberReference((MemberReferenceHandle)token).Parent);
                    break;
                case HandleKind.MethodSpecification:
                    var specification = metadata.GetMethodSpecification((MethodSpecificationHandle)token);
                    specification.DecodeSignature(this, null);
                    AddToken(specification.Method);
                    break;
            }
        }

        public int GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind)
        {
            Types.Add(handle);
            return 0;
        }

        public int GetTypeFromSpecification(MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind)
            => reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);

        public int GetArrayType(int elementType, ArrayShape shape) => 0;

        public int GetByReferenceType(int elementType) => 0;

        public int GetFunctionPointerType(MethodSignature<int> signature) => 0;

        public int GetGenericInstantiation(int genericType, ImmutableArray<int> typeArguments) => 0;

        public int GetGenericMethodParameter(object? genericContext, int index) => 0;

        public int GetGenericTypeParameter(object? genericContext, int index) => 0;

        public int GetModifiedType(int modifier, int unmodifiedType, bool isRequired) => 0;

        public int GetPinnedType(int elementType) => 0;

        public int GetPointerType(int elementType) => 0;

        public int GetPrimitiveType(PrimitiveTypeCode typeCode) => 0;

        public int GetSZArrayType(int elementType) => 0;

        public int GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) => 0;
    }
}
