using System.Text;

namespace Microsoft.ML.DeepClustering.Reporting;

/// <summary>Draws lines over an axis of numbers. What cannot be drawn leaves a gap.</summary>
internal sealed class LineChart
{
    private const double ChartWidth = 400;
    private const double Right = ChartWidth - 14;
    private const double Top = 12;
    private const double Bottom = 230;
    private const int MarkersPerLine = 12;

    private readonly Comparison _chart;
    private readonly double _left;
    private readonly Axis _x;
    private readonly Axis _y;

    private LineChart(Comparison chart)
    {
        _chart = chart;
        var drawn = chart.Series.SelectMany(series => series.Points).Where(Draws).ToArray();
        var values = Array.ConvertAll(drawn, point => point.Y);
        _y = VerticalAxis(chart.ValueAxis, values);
        _left = 26 + _y.Ticks.Max(tick => Plain.Width(tick.Label, 12));
        var places = drawn.Length == 0 ? [0, 1] : Array.ConvertAll(drawn, point => point.X);
        _x = Axis.Exact(places.Min(), places.Max(), places.All(double.IsInteger), _left + 8, Right - 8);
        IsEmpty = drawn.Length == 0;
    }

    private bool IsEmpty { get; }

    /// <summary>Draws a chart.</summary>
    /// <param name="name">As in <see cref="Picture"/>.</param>
    /// <param name="chart">What it shows.</param>
    public static Picture Draw(string name, Comparison chart)
    {
        var drawing = new LineChart(chart);
        var body = new StringBuilder(drawing.Frame());
        for (var i = 0; i < chart.Series.Count; i++)
            body.Append(drawing.Line(i));
        if (drawing.IsEmpty)
            body.Append(Svg.Text((drawing._left + Right) / 2, (Top + Bottom) / 2, "no values", "m mid"));
        var entries = chart.Series.Select((series, i) => (series.Name, Sign(i)));
        if (chart.ValueAxis == ValueAxis.Mismatch)
            entries = entries.Append(("0.5, orthogonal gradients", Svg.Line(0, 0, 28, 0, "reference")));
        var (legend, bottom) = Legend.Draw(entries, 14, Bottom + 44, Right);
        return new(name, chart.Title, chart.Description, drawing.Describe(), ChartWidth, bottom + 4, body.Append(legend).ToString());
    }

    private static bool Draws(SeriesPoint point) => Axis.Draws(point.X) && Axis.Draws(point.Y);

    private static Axis VerticalAxis(ValueAxis kind, double[] values)
    {
        if (kind == ValueAxis.Loss && Axis.SpansDecades(values))
            return Axis.Logarithmic(values.Min(), values.Max(), Bottom, Top);
        // Of no values the axis is 0 to 1 too.
        var unit = kind is ValueAxis.Share or ValueAxis.Mismatch || values.Length == 0;
        return unit ? Axis.Linear(values.Append(0).Min(), values.Append(1).Max(), Bottom, Top) : Axis.Linear(values.Min(), values.Max(), Bottom, Top);
    }

    private static string LineStyle(int series) => $"line l{series % Theme.SeriesColours} d{series % ChartStyle.DashCount}";

    private static string FillStyle(int series) => $"f{series % Theme.SeriesColours}";

    private static string Sign(int series) => Svg.Path("M0 0h28", LineStyle(series)) + Svg.Path(Marker.At(series, 14, 0), FillStyle(series));

    private string Frame()
    {
        var body = new StringBuilder();
        foreach (var (value, label) in _y.Ticks)
        {
            body.Append(Svg.Line(_left, _y.Map(value), Right, _y.Map(value), "grid"));
            body.Append(Svg.Text(_left - 6, _y.Map(value) + 4, label, "m small end")).Append('\n');
        }

        foreach (var (value, label) in _x.Ticks)
        {
            body.Append(Svg.Line(_x.Map(value), Bottom, _x.Map(value), Bottom + 5, "axis"));
            body.Append(Svg.Text(_x.Map(value), Bottom + 18, label, "m small mid")).Append('\n');
        }

        body.Append(Svg.Line(_left, Bottom, Right, Bottom, "axis"));
        body.Append(Svg.Text((_left + Right) / 2, Bottom + 36, _chart.HorizontalAxis, "m mid", 40));
        body.Append(Svg.UprightText(14, (Top + Bottom) / 2, _chart.VerticalAxis, 28)).Append('\n');
        if (_chart.ValueAxis == ValueAxis.Mismatch)
            body.Append(Svg.Line(_left, _y.Map(0.5), Right, _y.Map(0.5), "reference"));

        return body.ToString();
    }

    private string Line(int index)
    {
        var series = _chart.Series[index];
        var points = series.Points;
        var (data, markers) = (new StringBuilder(), new StringBuilder());
        var every = 1 + points.Count / MarkersPerLine;
        for (var i = 0; i < points.Count; i++)
        {
            if (!Draws(points[i]))
                continue;
            var (x, y) = (_x.Map(points[i].X), _y.Map(points[i].Y));
            var follows = i > 0 && Draws(points[i - 1]);
            data.Append(follows ? 'L' : 'M').Append(Svg.Number(x)).Append(' ').Append(Svg.Number(y));
            var alone = !follows && (i + 1 == points.Count || !Draws(points[i + 1]));
            if (alone || i % every == every / 2 || i + 1 == points.Count)
                markers.Append(Svg.Path(Marker.At(index, x, y), FillStyle(index), $"{series.Name}, {_chart.HorizontalAxis} {Plain.Number(points[i].X)}: {Plain.Number(points[i].Y)}"));
        }

        return data.Length == 0 ? "" : Svg.Path(data.ToString(), LineStyle(index), series.Name) + markers.Append('\n');
    }

    private string Describe()
    {
        var text = new StringBuilder($"Line chart by {_chart.HorizontalAxis}.");
        foreach (var series in _chart.Series)
        {
            var drawn = series.Points.Where(Draws).ToArray();
            text.Append(drawn.Length == 0
                ? $" {series.Name}: no values."
                : $" {series.Name}: {At(drawn[0])}, {At(drawn[^1])}, lowest {At(drawn.MinBy(p => p.Y))}, highest {At(drawn.MaxBy(p => p.Y))}.");
            if (drawn.Length > 0 && drawn.Length < series.Points.Count)
                text.Append($" {series.Points.Count - drawn.Length} without a value.");
        }

        return text.ToString();

        static string At(SeriesPoint point) => $"{Plain.Number(point.Y)} at {Plain.Number(point.X)}";
    }
}
