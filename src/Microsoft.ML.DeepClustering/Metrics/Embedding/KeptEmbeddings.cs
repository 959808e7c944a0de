using System.Runtime.InteropServices;
using Microsoft.ML.DeepClustering.Data;
using Microsoft.ML.DeepClustering.Torch;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Metrics.Embedding;

/// <summary>
/// Blocks of embeddings that are needed once more: in memory while they are few, else in a temporary file, so that the data need not be read twice.
/// </summary>
/// <param name="size">p, the length of an embedding.</param>
/// <param name="maximumValuesInMemory">The most values of embeddings in memory.</param>
internal sealed class KeptEmbeddings(int size, long maximumValuesInMemory) : IDisposable
{
    private readonly List<(Tensor Values, Tensor Clusters)> _inMemory = [];
    private readonly List<int> _onDisk = [];
    private long _values;
    private TemporaryFile? _file;

    /// <summary>Whether there are blocks on disk.</summary>
    public bool IsOnDisk => _file is not null;

    /// <summary>Adds a block.</summary>
    /// <param name="values">(n, p) of Float32 on the CPU.</param>
    /// <param name="clusters">(n) of Int64 on the CPU.</param>
    /// <exception cref="IOException">The temporary file cannot be written.</exception>
    public void Add(Tensor values, Tensor clusters)
    {
        _values += values.NumberOfElements;
        if (_values <= maximumValuesInMemory)
            _inMemory.Add((values.alias().DetachFromDisposeScope(), clusters.alias().DetachFromDisposeScope()));
        else
            Write(values, clusters);
    }

    /// <summary>Hands on each block in the order in which they were added; its tensors live until <paramref name="consume"/> returns.</summary>
    public void ForEach(Action<Tensor, Tensor> consume)
    {
        _inMemory.ForEach(block => consume(block.Values, block.Clusters));
        var offset = 0L;
        foreach (var rows in _onDisk)
        {
            using var session = TorchSession.WithoutGradients();
            var values = empty([rows, size], dtype: ScalarType.Float32, device: CPU);
            var clusters = empty([rows], dtype: ScalarType.Int64, device: CPU);
            offset = ReadInto(clusters, ReadInto(values, offset));
            consume(values, clusters);
        }
    }

    public void Dispose()
    {
        _inMemory.ForEach(block =>
        {
            block.Values.Dispose();
            block.Clusters.Dispose();
        });
        _inMemory.Clear();
        _file?.Dispose();
    }

    private void Write(Tensor values, Tensor clusters)
    {
        try
        {
            _file ??= new TemporaryFile();
            _file.Append(MemoryMarshal.AsBytes<float>(values.data<float>().ToArray()));
            _file.Append(MemoryMarshal.AsBytes<long>(clusters.data<long>().ToArray()));
            _onDisk.Add((int)values.shape[0]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"The embeddings could not be written to a temporary file in {Path.GetTempPath()} ({e.Message.TrimEnd('.')}); make room there, name another folder with TMPDIR or TEMP, or evaluate fewer rows.", e);
        }
    }

    private long ReadInto(Tensor tensor, long offset)
    {
        var bytes = tensor.bytes;
        _file!.Read(bytes, offset);
        return offset + bytes.Length;
    }
}
