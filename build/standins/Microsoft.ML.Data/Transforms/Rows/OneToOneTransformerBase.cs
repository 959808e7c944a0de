using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>A transformer whose new columns are each computed from one input column.</summary>
public abstract class OneToOneTransformerBase : RowToRowTransformerBase
{
    private protected OneToOneTransformerBase(IHost host, InputOutputColumnPair[] columns)
        : base(host)
    {
        if (columns == null || columns.Length == 0)
            throw new ArgumentException("At least one column is needed.", nameof(columns));
        Columns = columns;
    }

    private protected InputOutputColumnPair[] Columns { get; }

    private protected sealed override RowMapping MakeMapping(DataViewSchema inputSchema)
        => new(inputSchema, Columns.Select((pair, i) => MakeColumn(i, pair.OutputColumnName, inputSchema.Require(pair.InputColumnName))).ToArray());

    /// <summary>The new column of pair <paramref name="index"/>, computed from <paramref name="input"/>.</summary>
    private protected abstract AddedColumn MakeColumn(int index, string name, DataViewSchema.Column input);
}
