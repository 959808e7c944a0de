using System.Text;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>Where one component of a model is written to.</summary>
public sealed class ModelSaveContext : IDisposable
{
    internal readonly BinaryWriter Writer;
    internal readonly RepositoryWriter Repository;
    internal readonly string Directory;

    private readonly MemoryStream _stream = new();
    private readonly ModelHeader _header = new();
    private bool _closed;

    internal ModelSaveContext(RepositoryWriter repository, string directory)
    {
        Repository = repository;
        Directory = directory;
        Writer = new BinaryWriter(_stream, Encoding.UTF8, leaveOpen: true);
        Writer.Write(new byte[ModelHeader.Size]);
    }

    internal void CheckAtModel()
        => Contracts.Check(null, Writer.BaseStream.Position == _header.ModelStart, "The model block must not have been started.");

    internal void SetVersionInfo(VersionInfo ver) => _header.SetVersionInfo(ver);

    internal void SaveBinaryStream(string name, Action<BinaryWriter> action)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(action);
        using var content = new MemoryStream();
        using var writer = new BinaryWriter(content, Encoding.UTF8, leaveOpen: true);
        action(writer);
        writer.Flush();
        Repository.Add(Directory, name, content);
    }

    internal void SaveModel(ICanSaveModel value, string name)
        => SaveModel(Repository, value, ModelRepository.Combine(Directory, name));

    internal static void SaveModel(RepositoryWriter repository, ICanSaveModel value, string directory)
    {
        ArgumentNullException.ThrowIfNull(value);
        using var context = new ModelSaveContext(repository, directory);
        value.Save(context);
        context.Done();
    }

    /// <summary>Completes the component's entry. Its owner calls this, not the component.</summary>
    internal void Done()
    {
        Contracts.Check(null, !_closed, "The context is closed.");
        _header.Finish(Writer, 0);
        Repository.Add(Directory, ModelRepository.ModelEntry, _stream);
        _closed = true;
    }

    public void Dispose()
    {
        _closed = true;
        Writer.Dispose();
        _stream.Dispose();
    }
}
