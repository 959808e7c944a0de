namespace Microsoft.ML.Data;

/// <summary>What an MLContext and all its hosts share.</summary>
internal sealed class EnvironmentSettings
{
    public int? Seed { get; init; }

    public int? GpuDeviceId { get; set; }

    public bool FallbackToCpu { get; set; } = true;

    public string TempFilePath { get; set; } = Path.GetTempPath();

    public Action<LoggingEventArgs> Log { get; init; }
}
