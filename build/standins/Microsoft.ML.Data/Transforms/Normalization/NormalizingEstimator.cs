using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

/// <summary>Learns for each slot of a column a scale and, unless zero stays zero, an offset.</summary>
public sealed class NormalizingEstimator : IEstimator<NormalizingTransformer>
{
    private readonly IHost _host;
    private readonly InputOutputColumnPair[] _columns;
    private readonly NormalizationRule _rule;

    internal NormalizingEstimator(IHostEnvironment env, NormalizationRule rule, InputOutputColumnPair[] columns)
    {
        ArgumentNullException.ThrowIfNull(env);
        _host = env.Register("NormalizingEstimator");
        _host.CheckUserArg(columns?.Length > 0, nameof(columns), "At least one column is needed.");
        _host.CheckUserArg(rule.MaximumExampleCount > 1, "maximumExampleCount", "Must be greater than 1");
        _columns = columns;
        _rule = rule;
    }

    public NormalizingTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        GetOutputSchema(SchemaShape.Create(input.Schema));
        var columns = Array.ConvertAll(_columns, pair => input.Schema[pair.InputColumnName]);
        var statistics = Array.ConvertAll(columns, column => ColumnStatistics.Create(column.Type));
        using var cursor = input.GetRowCursor(columns);
        var adders = columns.Select((column, i) => statistics[i].MakeAdder(cursor, column)).ToArray();
        for (var count = 0L; count < _rule.MaximumExampleCount && cursor.MoveNext(); count++)
        {
            foreach (var add in adders)
                add();
        }

        return new NormalizingTransformer(_host, _columns, Array.ConvertAll(statistics, column => column.MakeNormalizer(_rule)));
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return inputSchema.With(_columns.Select(pair =>
        {
            var column = inputSchema.Require(pair.InputColumnName);
            if (column.Kind == SchemaShape.Column.VectorKind.VariableVector || column.IsKey || !IsReal(column.ItemType))
                throw Shapes.Mismatch("input", column.Name, "Single, Double, or a known-size vector of these", column.GetTypeString());
            var annotations = new List<SchemaShape.Column> { Shapes.Of(AnnotationKinds.IsNormalized, BooleanDataViewType.Instance) };
            if (column.Annotations.TryFindColumn(AnnotationKinds.SlotNames, out var slots))
                annotations.Add(slots);
            return new SchemaShape.Column(pair.OutputColumnName, column.Kind, column.ItemType, false, new SchemaShape(annotations));
        }));
    }

    private static bool IsReal(DataViewType type) => type.RawType == typeof(float) || type.RawType == typeof(double);
}
