namespace Microsoft.ML.DeepClustering;

/// <summary>Where the output of the first convolutional block is taken for its companion objective.</summary>
public enum FirstBlockTap
{
    /// <summary>Before the block's max pooling, as in the authors' code.</summary>
    BeforePooling,

    /// <summary>After it: a quarter of the values, and several times faster with the tensor kernel.</summary>
    AfterPooling,
}
