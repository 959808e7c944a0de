using System.Runtime.CompilerServices;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.DeepClustering;
using Microsoft.ML.DeepClustering.Estimators;
using Microsoft.ML.DeepClustering.Internals;
using Microsoft.ML.Runtime;

[assembly: IgnoresAccessChecksTo("Microsoft.ML.Core")]
[assembly: IgnoresAccessChecksTo("Microsoft.ML.Data")]
[assembly: LoadableClass(typeof(DeepClusteringTransformer), typeof(TransformerLoader), null, typeof(SignatureLoadModel),
    "Deep clustering", MachineLearningInternals.LoaderSignature)]

namespace System.Runtime.CompilerServices
{
    /// <summary>Honoured by the runtime: this assembly may use the internal names of the one named.</summary>
    [AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
    internal sealed class IgnoresAccessChecksToAttribute(string assemblyName) : Attribute
    {
        /// <summary>The simple name of that assembly.</summary>
        public string AssemblyName { get; } = assemblyName;
    }
}

namespace Microsoft.ML.DeepClustering.Internals
{
    /// <summary>
    /// The only file that uses names which ML.NET keeps internal: the environment behind a catalog, the column of a SchemaShape, the steps of a
    /// pipeline, and the saving and loading of models. The build opens just these names to the compiler.
    /// </summary>
    internal static class MachineLearningInternals
    {
        public const string LoaderSignature = "DeepClusteringTransform";

        // The layout of the transformer's directory. A reader of version n reads all written by versions whose readable version is at most n.
        private static VersionInfo Version => new(
            modelSignature: "DEEPCLUS",
            verWrittenCur: 0x00010001,
            verReadableCur: 0x00010001,
            verWeCanReadBack: 0x00010001,
            loaderAssemblyName: typeof(MachineLearningInternals).Assembly.GetName().Name,
            loaderSignature: LoaderSignature);

        /// <summary>The environment of the MLContext that a catalog belongs to.</summary>
        public static IHostEnvironment EnvironmentOf(ClusteringCatalog.ClusteringTrainers catalog) => CatalogUtils.GetEnvironment(catalog);

        /// <summary>What an MLContext says of GPUs; nothing when the environment is not ML.NET's own.</summary>
        public static (int? GpuDeviceId, bool FallbackToCpu) DeviceOf(IHostEnvironment environment)
            => environment is IHostEnvironmentInternal { GpuDeviceId: var gpu, FallbackToCpu: var fallback } ? (gpu, fallback) : (null, true);

        /// <summary>A column of a <see cref="SchemaShape"/>.</summary>
        public static SchemaShape.Column Column(string name, SchemaShape.Column.VectorKind kind, DataViewType itemType, bool isKey)
            => new(name, kind, itemType, isKey);

        /// <summary>Writes the header and the entries of a transformer.</summary>
        public static void Save(ModelSaveContext context, IEnumerable<(string Name, byte[] Content)> entries)
        {
            context.CheckAtModel();
            context.SetVersionInfo(Version);
            foreach (var (name, content) in entries)
                context.SaveBinaryStream(name, writer => writer.Write(content));
        }

        /// <summary>The content of an entry of the transformer that is being loaded, or null if the file has none of this name.</summary>
        public static byte[]? Entry(ModelLoadContext context, string name)
        {
            byte[]? content = null;
            return context.TryLoadBinaryStream(name, reader => content = ReadToEnd(reader.BaseStream, name)) ? content : null;
        }

        public static void CheckVersion(ModelLoadContext context) => context.CheckAtModel(Version);

        // ML.NET hands out a stream of known length. One array of that length, since a growing buffer takes several times as much.
        private static byte[] ReadToEnd(Stream stream, string name)
        {
            var length = stream.Length - stream.Position;
            if (length > Array.MaxLength)
                throw new InvalidDataException($"The deep clustering model's entry {name} is damaged: it has {length} bytes, and {Array.MaxLength} can be read.");
            var content = new byte[length];
            stream.ReadExactly(content);
            return content;
        }
    }

    /// <summary>
    /// A data view that ML.NET knows as a step of a pipeline. What walks back over the steps, such as the export to ONNX, then finds a step that it cannot
    /// export; otherwise it would leave the step out without a word.
    /// </summary>
    /// <param name="source">The data that the step works on.</param>
    internal abstract class PipelineStep(IDataView source) : IDataTransform
    {
        public IDataView Source { get; } = source;

        public abstract DataViewSchema Schema { get; }

        public abstract bool CanShuffle { get; }

        public abstract long? GetRowCount();

        public abstract DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null);

        public abstract DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null);

        void ICanSaveModel.Save(ModelSaveContext ctx) => Save(ctx);

        /// <summary>Writes the transformer that made the step.</summary>
        protected abstract void Save(ModelSaveContext context);
    }
}
