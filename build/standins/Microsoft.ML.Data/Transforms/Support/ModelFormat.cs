namespace Microsoft.ML.Data;

/// <summary>The header that a transformer writes to and checks in its entry of a model file.</summary>
internal static class ModelFormat
{
    private const uint CurrentVersion = 0x00010001;

    /// <param name="signature">Eight characters that name the format.</param>
    /// <param name="loader">The name under which the loader is registered.</param>
    /// <param name="type">A type of the assembly that has the loader.</param>
    public static VersionInfo Of(string signature, string loader, Type type)
        => new(signature, CurrentVersion, CurrentVersion, CurrentVersion, type.Assembly.GetName().Name, loader);

    public static BinaryWriter Begin(this ModelSaveContext ctx, VersionInfo version)
    {
        ArgumentNullException.ThrowIfNull(ctx);
        ctx.CheckAtModel();
        ctx.SetVersionInfo(version);
        return ctx.Writer;
    }

    public static BinaryReader Begin(this ModelLoadContext ctx, VersionInfo version)
    {
        ArgumentNullException.ThrowIfNull(ctx);
        ctx.CheckAtModel(version);
        return ctx.Reader;
    }
}
