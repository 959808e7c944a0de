using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

/// <summary>Maps each distinct value of a column to a key.</summary>
public sealed class ValueToKeyMappingEstimator : IEstimator<ValueToKeyMappingTransformer>
{
    private readonly IHost _host;
    private readonly InputOutputColumnPair[] _columns;
    private readonly int _maximumNumberOfKeys;
    private readonly KeyOrdinality _ordinality;
    private readonly bool _textAnnotations;
    private readonly IDataView _keyData;

    internal ValueToKeyMappingEstimator(IHostEnvironment env, InputOutputColumnPair[] columns, int maximumNumberOfKeys,
        KeyOrdinality keyOrdinality, bool addKeyValueAnnotationsAsText, IDataView keyData)
    {
        ArgumentNullException.ThrowIfNull(env);
        _host = env.Register("ValueToKeyMappingEstimator");
        _host.CheckUserArg(columns?.Length > 0, nameof(columns), "At least one column is needed.");
        _host.CheckUserArg(maximumNumberOfKeys > 0, nameof(maximumNumberOfKeys), "Must be positive");
        _host.CheckUserArg(keyData == null || keyData.Schema.Count == 1, nameof(keyData), "The key data must have exactly one column.");
        _columns = columns;
        _maximumNumberOfKeys = maximumNumberOfKeys;
        _ordinality = keyOrdinality;
        _textAnnotations = addKeyValueAnnotationsAsText;
        _keyData = keyData;
    }

    /// <summary>The order in which keys are given.</summary>
    public enum KeyOrdinality : byte
    {
        ByOccurrence = 0,
        ByValue = 1,
    }

    public ValueToKeyMappingTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        GetOutputSchema(SchemaShape.Create(input.Schema));
        var data = _keyData ?? input;
        var columns = Array.ConvertAll(_columns, pair => _keyData == null ? input.Schema[pair.InputColumnName] : _keyData.Schema[0]);
        var terms = Array.ConvertAll(columns, column => TermMap.Create(column.Type));
        using (var cursor = data.GetRowCursor(columns))
        {
            var adders = columns.Select((column, i) => terms[i].MakeAdder(cursor, column, _maximumNumberOfKeys)).ToArray();
            while (cursor.MoveNext())
            {
                foreach (var add in adders)
                    add();
            }
        }

        foreach (var map in terms)
        {
            if (_ordinality == KeyOrdinality.ByValue)
                map.Sort();
        }

        return new ValueToKeyMappingTransformer(_host, _columns, terms, _textAnnotations);
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return inputSchema.With(_columns.Select(pair =>
        {
            var column = inputSchema.Require(pair.InputColumnName);
            if (column.IsKey || !TermMap.Handles(column.ItemType))
                throw Shapes.Mismatch("input", column.Name, "a number, text or Boolean", column.GetTypeString());
            var valueType = _textAnnotations ? TextDataViewType.Instance : (PrimitiveDataViewType)column.ItemType;
            var annotations = new List<SchemaShape.Column> { Shapes.Of(AnnotationKinds.KeyValues, valueType, SchemaShape.Column.VectorKind.Vector) };
            if (column.Annotations.TryFindColumn(AnnotationKinds.SlotNames, out var slots))
                annotations.Add(slots);
            return new SchemaShape.Column(pair.OutputColumnName, column.Kind, NumberDataViewType.UInt32, true, new SchemaShape(annotations));
        }));
    }
}
