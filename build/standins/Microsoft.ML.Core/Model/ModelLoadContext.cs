using System.Reflection;
using System.Text;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>Where one component of a model is read from.</summary>
internal sealed class ModelLoadContext : IDisposable
{
    public readonly BinaryReader Reader;
    public readonly RepositoryReader Repository;
    public readonly string Directory;

    private readonly ModelHeader _header;

    internal ModelLoadContext(RepositoryReader repository, Stream stream, string directory)
    {
        Repository = repository;
        Directory = directory;
        Reader = new BinaryReader(stream, Encoding.UTF8);
        _header = ModelHeader.Read(Reader, 0);
    }

    public void CheckAtModel()
        => Contracts.Check(null, Reader.BaseStream.Position == _header.ModelStart, "The model block must not have been started.");

    public void CheckAtModel(VersionInfo ver)
    {
        CheckAtModel();
        _header.Check(ver);
    }

    public bool TryLoadBinaryStream(string name, Action<BinaryReader> action)
    {
        ArgumentNullException.ThrowIfNull(action);
        if (string.IsNullOrWhiteSpace(name))
            return false;
        using var stream = Repository.OpenOrNull(Directory, name);
        if (stream == null)
            return false;
        using var reader = new BinaryReader(stream, Encoding.UTF8, leaveOpen: true);
        action(reader);
        return true;
    }

    public void LoadModel<TResult, TSignature>(IHostEnvironment env, out TResult result, string name)
        where TResult : class
        => LoadModel<TResult, TSignature>(env, out result, Repository, ModelRepository.Combine(Directory, name));

    public static void LoadModel<TResult, TSignature>(IHostEnvironment env, out TResult result, RepositoryReader repository, string directory)
        where TResult : class
    {
        if (!LoadModelOrNull<TResult, TSignature>(env, out result, repository, directory))
            throw env.ExceptDecode("Corrupt model file");
    }

    public static bool LoadModelOrNull<TResult, TSignature>(IHostEnvironment env, out TResult result, RepositoryReader repository, string directory)
        where TResult : class
    {
        result = null;
        using var stream = repository.OpenOrNull(directory, ModelRepository.ModelEntry);
        if (stream == null)
            return false;
        using var context = new ModelLoadContext(repository, stream, directory);
        context.RegisterLoaderAssembly(env.ComponentCatalog);
        if (!context.TryCreate<TResult, TSignature>(env, context._header.LoaderSignature, out result)
            && !context.TryCreate<TResult, TSignature>(env, context._header.LoaderSignatureAlt, out result))
        {
            throw env.ExceptDecode($"Couldn't load model: '{directory}'");
        }

        context.Done();
        return true;
    }

    public void Dispose() => Reader.Dispose();

    private bool TryCreate<TResult, TSignature>(IHostEnvironment env, string loaderSignature, out TResult result)
        where TResult : class
    {
        result = null;
        try
        {
            return !string.IsNullOrWhiteSpace(loaderSignature)
                && env.ComponentCatalog.TryCreateInstance<TResult, TSignature>(env, out result, loaderSignature, this);
        }
        catch (TargetInvocationException fault) when (fault.InnerException is EndOfStreamException)
        {
            throw env.ExceptDecode($"Corrupt model file: the model block of '{Directory}' ends too early.");
        }
    }

    private void Done()
        => Contracts.CheckDecode(
            null, Reader.BaseStream.Position == _header.ModelStart + _header.ModelSize, $"The model block of '{Directory}' was not read to its end.");

    private void RegisterLoaderAssembly(ComponentCatalog catalog)
    {
        if (string.IsNullOrEmpty(_header.LoaderAssemblyName))
            return;
        try
        {
            catalog.RegisterAssembly(Load(new AssemblyName(_header.LoaderAssemblyName)));
        }
        catch (Exception fault) when (fault is IOException or BadImageFormatException or ArgumentException)
        {
            throw Contracts.ExceptDecode(null, $"Couldn't load model: the assembly that reads '{Directory}' cannot be loaded. {fault.Message.Split('\n')[0].TrimEnd()}");
        }
    }

    private static Assembly Load(AssemblyName name)
    {
        // Only assemblies beside the program, whatever path a file names.
        if (name.Name != Path.GetFileName(name.Name))
            throw new FileNotFoundException($"'{name.Name}' is no name of an assembly.");
        var file = Path.Combine(AppContext.BaseDirectory, name.Name + ".dll");
        try
        {
            return Assembly.Load(name);
        }
        catch (FileNotFoundException) when (File.Exists(file))
        {
            return Assembly.LoadFrom(file);
        }
    }
}
