using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

/// <summary>Keeps some of the columns.</summary>
public sealed class ColumnSelectingEstimator : TrivialEstimator<ColumnSelectingTransformer>
{
    private readonly string[] _names;
    private readonly bool _keep;

    internal ColumnSelectingEstimator(IHostEnvironment env, string[] names, bool keep)
        : base(env.Register("ColumnSelectingEstimator"), new ColumnSelectingTransformer(names, keep))
    {
        _names = names;
        _keep = keep;
    }

    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        foreach (var name in _names)
            inputSchema.Require(name);
        return _keep
            ? new SchemaShape(_names.Select(name => inputSchema.Require(name)))
            : new SchemaShape(inputSchema.Where(column => !_names.Contains(column.Name)));
    }
}
