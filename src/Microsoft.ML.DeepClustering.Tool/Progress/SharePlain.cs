using System.Globalization;

namespace Microsoft.ML.DeepClustering.Tool.Progress;

/// <summary>A line at each tenth of a long piece of work, and none where it is short.</summary>
internal sealed class SharePlain(TextWriter output) : IProgress<double>
{
    private readonly Pace _pace = new();
    private int _tenths;

    public void Report(double value)
    {
        var tenths = (int)(10 * value);
        if (tenths <= _tenths || tenths >= 10 || !_pace.IsDue())
            return;
        _tenths = tenths;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {10 * tenths} %, {TimeText.Of(_pace.Elapsed * (1 - value) / value)} left"));
    }
}
