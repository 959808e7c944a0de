using System.Buffers.Binary;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

// Usage: OpenInternals <output folder> <assembly>...
// Writes a copy of each assembly in which just the names below are public. Everything else, byte for byte, stays.

// A type, or a type and one of its members; ".ctor/n" is the constructor of n parameters.
var names = new Dictionary<string, (string Type, string[] Members)[]>
{
    ["Microsoft.ML.Data"] =
    [
        ("Microsoft.ML.Data.IInternalCatalog", []),
        ("Microsoft.ML.Data.CatalogUtils", ["GetEnvironment"]),
        ("Microsoft.ML.Data.IDataTransform", []),
        ("Microsoft.ML.Model.OnnxConverter.ICanSaveOnnx", []),
        ("Microsoft.ML.Model.OnnxConverter.ISaveAsOnnx", []),
        ("Microsoft.ML.Model.OnnxConverter.ITransformCanSaveOnnx", []),
        ("Microsoft.ML.Model.OnnxConverter.OnnxContext", []),
        ("Microsoft.ML.Model.OnnxConverter.OnnxNode", []),
    ],
    ["Microsoft.ML.Core"] =
    [
        ("Microsoft.ML.Runtime.IHostEnvironmentInternal", []),
        ("Microsoft.ML.SchemaShape+Column", [".ctor/5"]),
        ("Microsoft.ML.TrainerInfo", [".ctor"]),
        ("Microsoft.ML.ModelSaveContext", ["CheckAtModel", "SetVersionInfo", "Writer", "SaveBinaryStream"]),
        ("Microsoft.ML.VersionInfo", [".ctor/7"]),
        ("Microsoft.ML.ModelLoadContext", ["CheckAtModel/1", "Reader", "TryLoadBinaryStream"]),
        ("Microsoft.ML.LoadableClassAttributeBase", []),
        ("Microsoft.ML.LoadableClassAttribute", [".ctor"]),
        ("Microsoft.ML.SignatureLoadModel", []),
    ],
};

if (args.Length < 2)
{
    Console.Error.WriteLine("Usage: OpenInternals <output folder> <assembly>...");
    return 2;
}

Directory.CreateDirectory(args[0]);
foreach (var path in args[1..])
{
    var image = File.ReadAllBytes(path);
    var missing = Open(image, names[Path.GetFileNameWithoutExtension(path)]);
    if (missing.Count > 0)
    {
        Console.Error.WriteLine($"OpenInternals: {path} has no {string.Join(", ", missing)}. Is it the version of ML.NET that Directory.Packages.props names?");
        return 1;
    }

    File.WriteAllBytes(Path.Combine(args[0], Path.GetFileName(path)), image);
}

return 0;

static List<string> Open(byte[] image, (string Type, string[] Members)[] names)
{
    using var pe = new PEReader(new MemoryStream(image));
    var metadata = pe.GetMetadataReader();
    var start = pe.PEHeaders.MetadataStartOffset;
    var missing = new List<string>();
    foreach (var (typeName, members) in names)
    {
        var handle = metadata.TypeDefinitions.FirstOrDefault(h => FullName(metadata, h) == typeName);
        if (handle.IsNil)
        {
            missing.Add(typeName);
            continue;
        }

        var type = metadata.GetTypeDefinition(handle);
        if (!type.IsNested)
            SetBits(image, Row(metadata, start, TableIndex.TypeDef, handle), (ushort)TypeAttributes.VisibilityMask, (ushort)TypeAttributes.Public);
        foreach (var member in members)
        {
            if (!OpenMember(image, metadata, start, type, member))
                missing.Add($"{typeName}.{member}");
        }
    }

    return missing;
}

static bool OpenMember(byte[] image, MetadataReader metadata, int start, TypeDefinition type, string member)
{
    var parts = member.Split('/');
    var found = false;
    foreach (var handle in type.GetMethods())
    {
        var method = metadata.GetMethodDefinition(handle);
        if (metadata.GetString(method.Name) != parts[0])
            continue;
        var parameters = method.DecodeSignature(new NoTypes(), null).ParameterTypes.Length;
        if (parts.Length > 1 && parameters != int.Parse(parts[1]))
            continue;
        // A row of MethodDef starts with RVA (4 bytes) and ImplFlags (2 bytes).
        SetBits(image, Row(metadata, start, TableIndex.MethodDef, handle) + 6, (ushort)MethodAttributes.MemberAccessMask, (ushort)MethodAttributes.Public);
        found = true;
    }

    foreach (var handle in type.GetFields())
    {
        if (metadata.GetString(metadata.GetFieldDefinition(handle).Name) != parts[0])
            continue;
        SetBits(image, Row(metadata, start, TableIndex.Field, handle), (ushort)FieldAttributes.FieldAccessMask, (ushort)FieldAttributes.Public);
        found = true;
    }

    return found;
}

static int Row(MetadataReader metadata, int start, TableIndex table, EntityHandle handle)
    => start + metadata.GetTableMetadataOffset(table) + (MetadataTokens.GetRowNumber(handle) - 1) * metadata.GetTableRowSize(table);

static void SetBits(byte[] image, int offset, ushort mask, ushort value)
{
    var flags = image.AsSpan(offset, 2);
    var old = BinaryPrimitives.ReadUInt16LittleEndian(flags);
    BinaryPrimitives.WriteUInt16LittleEndian(flags, (ushort)((old & ~mask) | value));
}

static string FullName(MetadataReader metadata, TypeDefinitionHandle handle)
{
    var type = metadata.GetTypeDefinition(handle);
    var name = metadata.GetString(type.Name);
    if (type.IsNested)
        return FullName(metadata, type.GetDeclaringType()) + "+" + name;
    return type.Namespace.IsNil ? name : metadata.GetString(type.Namespace) + "." + name;
}

/// <summary>Counts parameters; their types do not matter here.</summary>
internal sealed class NoTypes : ISignatureTypeProvider<int, object?>
{
    public int GetArrayType(int elementType, ArrayShape shape) => 0;
    public int GetByReferenceType(int elementType) => 0;
    public int GetFunctionPointerType(MethodSignature<int> signature) => 0;
    public int GetGenericInstantiation(int genericType, System.Collections.Immutable.ImmutableArray<int> typeArguments) => 0;
    public int GetGenericMethodParameter(object? genericContext, int index) => 0;
    public int GetGenericTypeParameter(object? genericContext, int index) => 0;
    public int GetModifiedType(int modifier, int unmodifiedType, bool isRequired) => 0;
    public int GetPinnedType(int elementType) => 0;
    public int GetPointerType(int elementType) => 0;
    public int GetPrimitiveType(PrimitiveTypeCode typeCode) => 0;
    public int GetSZArrayType(int elementType) => 0;
    public int GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) => 0;
    public int GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) => 0;
    public int GetTypeFromSpecification(MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind) => 0;
}
