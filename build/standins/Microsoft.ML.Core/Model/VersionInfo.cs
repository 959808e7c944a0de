namespace Microsoft.ML;

/// <summary>A model's signature and versions, and the name of its loader.</summary>
internal readonly struct VersionInfo
{
    public readonly string ModelSignature;
    public readonly uint VerWrittenCur;
    public readonly uint VerReadableCur;
    public readonly uint VerWeCanReadBack;
    public readonly string LoaderAssemblyName;
    public readonly string LoaderSignature;
    public readonly string LoaderSignatureAlt;

    public VersionInfo(
        string modelSignature,
        uint verWrittenCur,
        uint verReadableCur,
        uint verWeCanReadBack,
        string loaderAssemblyName,
        string loaderSignature = null,
        string loaderSignatureAlt = null)
    {
        if (modelSignature?.Length != 8 || !IsAscii(modelSignature))
            throw new ArgumentException("A model signature has exactly 8 ASCII characters.", nameof(modelSignature));
        if (verReadableCur > verWrittenCur)
            throw new ArgumentException("The readable version must not be above the written one.", nameof(verReadableCur));
        if (verWeCanReadBack > verWrittenCur)
            throw new ArgumentException("The oldest version that can be read must not be above the written one.", nameof(verWeCanReadBack));
        CheckLoaderSignature(loaderSignature, nameof(loaderSignature));
        CheckLoaderSignature(loaderSignatureAlt, nameof(loaderSignatureAlt));
        ModelSignature = modelSignature;
        VerWrittenCur = verWrittenCur;
        VerReadableCur = verReadableCur;
        VerWeCanReadBack = verWeCanReadBack;
        LoaderAssemblyName = loaderAssemblyName;
        LoaderSignature = loaderSignature;
        LoaderSignatureAlt = loaderSignatureAlt;
    }

    private static void CheckLoaderSignature(string signature, string parameterName)
    {
        if (signature != null && (signature.Length > ModelHeader.LoaderSignatureSize || !IsAscii(signature)))
            throw new ArgumentException($"A loader signature has at most {ModelHeader.LoaderSignatureSize} ASCII characters.", parameterName);
    }

    private static bool IsAscii(string text) => text.All(character => character < 0x80);
}
