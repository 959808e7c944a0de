using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

/// <summary>Maps keys back to the values that they stand for.</summary>
public sealed class KeyToValueMappingEstimator : TrivialEstimator<KeyToValueMappingTransformer>
{
    private readonly InputOutputColumnPair[] _columns;

    internal KeyToValueMappingEstimator(IHostEnvironment env, InputOutputColumnPair[] columns)
        : base(env.Register("KeyToValueMappingEstimator"), new KeyToValueMappingTransformer(env, columns))
        => _columns = columns;

    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return inputSchema.With(_columns.Select(pair =>
        {
            var column = inputSchema.Require(pair.InputColumnName);
            if (!column.IsKey)
                throw Shapes.Mismatch("input", column.Name, "key type", column.GetTypeString());
            if (!column.Annotations.TryFindColumn(AnnotationKinds.KeyValues, out var values))
                throw Shapes.Mismatch("input", column.Name, $"annotation {AnnotationKinds.KeyValues}", "no such annotation");
            column.Annotations.TryFindColumn(AnnotationKinds.SlotNames, out var slots);
            return new SchemaShape.Column(pair.OutputColumnName, column.Kind, values.ItemType, values.IsKey,
                new SchemaShape(slots.Name == null ? [] : [slots]));
        }));
    }
}
