using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

/// <summary>Joins columns of one item type, scalars and vectors, to one vector column.</summary>
public sealed class ColumnConcatenatingEstimator : IEstimator<ColumnConcatenatingTransformer>
{
    private readonly IHost _host;
    private readonly string _name;
    private readonly string[] _sources;

    internal ColumnConcatenatingEstimator(IHostEnvironment env, string outputColumnName, params string[] inputColumnNames)
    {
        ArgumentNullException.ThrowIfNull(env);
        ArgumentException.ThrowIfNullOrEmpty(outputColumnName);
        if (inputColumnNames == null || inputColumnNames.Length == 0)
            throw new ArgumentException("At least one input column is needed.", nameof(inputColumnNames));
        _host = env.Register("ColumnConcatenatingEstimator");
        _name = outputColumnName;
        _sources = inputColumnNames;
    }

    public ColumnConcatenatingTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var transformer = new ColumnConcatenatingTransformer(_host, _name, _sources);
        transformer.GetOutputSchema(input.Schema);
        return transformer;
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        var columns = _sources.Select(name => inputSchema.Require(name)).ToArray();
        var first = columns[0];
        var kind = SchemaShape.Column.VectorKind.Vector;
        foreach (var column in columns)
        {
            if (!column.ItemType.Equals(first.ItemType) || column.IsKey != first.IsKey)
                throw Shapes.Mismatch("input", column.Name, first.GetTypeString(), column.GetTypeString());
            if (column.Kind == SchemaShape.Column.VectorKind.VariableVector)
                kind = SchemaShape.Column.VectorKind.VariableVector;
        }

        var annotations = new List<SchemaShape.Column>();
        if (columns.All(column => column.Annotations.Has(AnnotationKinds.IsNormalized)))
            annotations.Add(Shapes.Of(AnnotationKinds.IsNormalized, BooleanDataViewType.Instance));
        if (kind == SchemaShape.Column.VectorKind.Vector
            && columns.Any(column => column.Kind == SchemaShape.Column.VectorKind.Scalar || column.Annotations.Has(AnnotationKinds.SlotNames)))
        {
            annotations.Add(Shapes.Of(AnnotationKinds.SlotNames, TextDataViewType.Instance, SchemaShape.Column.VectorKind.Vector));
        }

        return inputSchema.With(new SchemaShape.Column(_name, kind, first.ItemType, first.IsKey, new SchemaShape(annotations)));
    }
}
