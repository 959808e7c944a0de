namespace Microsoft.ML.DeepClustering.Tool.Input.Tables;

/// <summary>What a column looks like.</summary>
internal enum ColumnNature
{
    /// <summary>All cells are missing.</summary>
    Empty,

    /// <summary>One value and no other.</summary>
    Constant,

    /// <summary>Numbers, or nearly: a cell that is none is then a fault.</summary>
    Number,

    /// <summary>Numbers, or nearly, if a comma were read as a point: a fault, unless the user takes them as texts.</summary>
    DecimalComma,

    /// <summary>Texts of few values.</summary>
    Category,

    /// <summary>Texts of many values.</summary>
    Text,
}
