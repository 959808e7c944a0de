using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

/// <summary>Copies columns under new names.</summary>
public sealed class ColumnCopyingEstimator : TrivialEstimator<ColumnCopyingTransformer>
{
    private readonly InputOutputColumnPair[] _columns;

    internal ColumnCopyingEstimator(IHostEnvironment env, params InputOutputColumnPair[] columns)
        : base(env.Register("ColumnCopyingEstimator"), new ColumnCopyingTransformer(env, columns))
        => _columns = columns;

    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return inputSchema.With(_columns.Select(pair =>
        {
            var column = inputSchema.Require(pair.InputColumnName);
            return new SchemaShape.Column(pair.OutputColumnName, column.Kind, column.ItemType, column.IsKey, column.Annotations);
        }));
    }
}
