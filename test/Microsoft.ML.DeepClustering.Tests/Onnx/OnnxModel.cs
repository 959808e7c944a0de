using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Microsoft.ML.DeepClustering.Tests.Onnx;

/// <summary>A model as ML.NET converts it to ONNX, run by ONNX Runtime on one thread.</summary>
internal sealed class OnnxModel : IDisposable
{
    private static readonly string[] Outputs = ["PredictedLabel.output", "Score.output", "Probability.output", "Embedding.output"];

    private readonly SessionOptions _options = new() { IntraOpNumThreads = 1, InterOpNumThreads = 1 };

    /// <param name="ml">The context.</param>
    /// <param name="model">What is converted.</param>
    /// <param name="data">Its input.</param>
    /// <param name="operatorSet">That of the graph, 9 to 12; null for ML.NET's own choice.</param>
    public OnnxModel(MLContext ml, ITransformer model, IDataView data, int? operatorSet = null)
    {
        Bytes = Convert(ml, model, data, operatorSet);
        Session = new InferenceSession(Bytes, _options);
    }

    public byte[] Bytes { get; }

    public InferenceSession Session { get; }

    /// <summary>The bytes that ML.NET writes.</summary>
    public static byte[] Convert(MLContext ml, ITransformer model, IDataView data, int? operatorSet = null)
    {
        using var stream = new MemoryStream();
        if (operatorSet is { } version)
            ml.Model.ConvertToOnnx(model, data, version, stream);
        else
            ml.Model.ConvertToOnnx(model, data, stream);
        return stream.ToArray();
    }

    /// <summary>The model as it is after it was saved and loaded.</summary>
    public static ITransformer Reload(MLContext ml, ITransformer model, IDataView data)
    {
        using var stream = new MemoryStream();
        ml.Model.Save(model, data.Schema, stream);
        stream.Position = 0;
        return ml.Model.Load(stream, out _);
    }

    /// <summary>Scores rows in batches of a size.</summary>
    public OnnxOutputs Run(float[][] rows, int batchSize)
    {
        var batches = rows.Chunk(batchSize).Select(RunBatch).ToArray();
        return new(
            [.. batches.SelectMany(b => b.Labels)], [.. batches.SelectMany(b => b.Scores)],
            [.. batches.SelectMany(b => b.Probabilities)], [.. batches.SelectMany(b => b.Embeddings)]);
    }

    /// <summary>Scores a view by ML.NET's own OnnxTransformer.</summary>
    public OnnxOutputs Transform(MLContext ml, IDataView data)
    {
        using var stream = new MemoryStream(Bytes);
        using var transformer = ml.Transforms.ApplyOnnxModel(Outputs, ["Features"], stream).Fit(data);
        return OnnxOutputs.Read(transformer.Transform(data));
    }

    public void Dispose()
    {
        Session.Dispose();
        _options.Dispose();
    }

    private OnnxOutputs RunBatch(float[][] rows)
    {
        var dimensions = Session.InputMetadata["Features"].Dimensions.ToArray();
        Assert.AreEqual(-1, dimensions[0]);
        dimensions[0] = rows.Length;
        var features = new DenseTensor<float>(rows.SelectMany(r => r).ToArray(), dimensions);
        using var results = Session.Run([NamedOnnxValue.CreateFromTensor("Features", features)], Outputs);
        var labels = results[0].AsTensor<uint>();
        CollectionAssert.AreEqual(new[] { rows.Length, 1 }, labels.Dimensions.ToArray());
        return new([.. labels], Rows(results[1]), Rows(results[2]), Rows(results[3]));
    }

    private static float[][] Rows(NamedOnnxValue value)
    {
        var tensor = value.AsTensor<float>();
        Assert.AreEqual(2, tensor.Dimensions.Length);
        return [.. tensor.ToArray().Chunk(tensor.Dimensions[1])];
    }
}
