using System.Runtime.CompilerServices;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.DeepClustering;
using Microsoft.ML.DeepClustering.Estimators;
using Microsoft.ML.DeepClustering.Internals;
using Microsoft.ML.Model.OnnxConverter;
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
    /// The only file that uses names which ML.NET keeps internal: the environment behind a catalog, the column of a SchemaShape, a trainer's info, the
    /// steps of a pipeline, the saving and loading of models, and their export to ONNX. The build opens just these names to the compiler.
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

        /// <summary>What ML.NET asks of a trainer before it trains; it takes no validation set, no test set and no earlier model, and is not calibrated.</summary>
        /// <param name="normalization">Whether features should be normalised.</param>
        /// <param name="caching">Whether a cache before the trainer would save time.</param>
        public static TrainerInfo Info(bool normalization, bool caching)
            => new(normalization, calibration: false, caching, supportValid: false, supportIncrementalTrain: false, supportTest: false);

        /// <summary>A column of a <see cref="SchemaShape"/>.</summary>
        public static SchemaShape.Column Column(
            string name, SchemaShape.Column.VectorKind kind, DataViewType itemType, bool isKey, SchemaShape? annotations = null)
            => new(name, kind, itemType, isKey, annotations);

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
    /// A data view that ML.NET knows as a step of a pipeline. What walks back over the steps, such as the export to ONNX, finds it there; otherwise it
    /// would leave the step out without a word.
    /// </summary>
    /// <param name="source">The data that the step works on.</param>
    internal abstract class PipelineStep(IDataView source) : ITransformCanSaveOnnx
    {
        public IDataView Source { get; } = source;

        public abstract DataViewSchema Schema { get; }

        public abstract bool CanShuffle { get; }

        /// <summary>Whether the step has a form in ONNX; where it has none, ML.NET refuses to convert the pipeline.</summary>
        protected abstract bool CanExport { get; }

        public abstract long? GetRowCount();

        public abstract DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null);

        public abstract DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null);

        void ICanSaveModel.Save(ModelSaveContext ctx) => Save(ctx);

        bool ICanSaveOnnx.CanSaveOnnx(OnnxContext ctx) => CanExport;

        void ISaveAsOnnx.SaveAsOnnx(OnnxContext ctx) => Export(new OnnxWriter(ctx));

        /// <summary>Writes the transformer that made the step.</summary>
        protected abstract void Save(ModelSaveContext context);

        /// <summary>Adds the step to an ONNX graph.</summary>
        protected abstract void Export(OnnxWriter writer);
    }

    /// <summary>Writes to the ONNX graph that ML.NET makes of a pipeline. Variables and constants are known by their names.</summary>
    /// <param name="context">ML.NET's graph.</param>
    internal sealed class OnnxWriter(OnnxContext context)
    {
        private int _variables;

        /// <summary>The variable of a column, as the steps so far have made it.</summary>
        public string Column(string name) => context.GetVariableName(name);

        /// <summary>Makes a variable a column of the pipeline.</summary>
        public void AddColumn(string name, DataViewType type, string variable)
            => context.CreateNode("Identity", variable, context.AddIntermediateVariable(type, name), context.GetNodeName("Identity"), "");

        /// <summary>Adds a constant of floats -> its name.</summary>
        public string AddConstant(float[] values, long[] shape) => context.AddInitializer(values, shape, FreeName("Constant"));

        /// <summary>Adds a constant of whole numbers -> its name.</summary>
        public string AddConstant(long[] values, long[] shape) => context.AddInitializer(values, shape, FreeName("Constant"));

        /// <summary>Adds a node -> the variable that it computes.</summary>
        /// <param name="operation">The operator, one of ONNX's own domain.</param>
        /// <param name="inputs">The variables and constants that it takes.</param>
        /// <param name="attributes">Its attributes: long, float, string, long[] or Type.</param>
        public string AddNode(string operation, IEnumerable<string> inputs, params ReadOnlySpan<(string Name, object Value)> attributes)
        {
            var output = context.AddIntermediateVariable(null, FreeName(operation), skip: true);
            var node = context.CreateNode(operation, inputs, [output], context.GetNodeName(operation), "");
            foreach (var (name, value) in attributes)
                AddAttribute(node, name, value);
            return output;
        }

        /// <summary>Throws ML.NET's error where the graph is to be of an older version of ONNX's operators than something needs.</summary>
        /// <param name="version">The version needed.</param>
        /// <param name="name">What needs it.</param>
        public void RequireOperatorSet(int version, string name) => context.CheckOpSetVersion(version, name);

        private static void AddAttribute(OnnxNode node, string name, object value)
        {
            switch (value)
            {
                case long number:
                    node.AddAttribute(name, number);
                    break;
                case float number:
                    node.AddAttribute(name, number);
                    break;
                case string text:
                    node.AddAttribute(name, text);
                    break;
                case long[] numbers:
                    node.AddAttribute(name, numbers);
                    break;
                case Type type:
                    node.AddAttribute(name, type);
                    break;
                default:
                    throw new ArgumentException($"The attribute {name} is {value.GetType().Name}.", nameof(value));
            }
        }

        // ML.NET takes each variable for a column of that name, so that a name must not hide a column of the user's.
        private string FreeName(string kind)
        {
            string name;
            do
                name = $"DeepClustering.{kind}.{++_variables}";
            while (context.ContainsColumn(name) || context.IsVariableDefined(name));
            return name;
        }
    }
}
