using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

[assembly: LoadableClass(typeof(ColumnConcatenatingTransformer), null, typeof(SignatureLoadModel), "Concat Transform",
    ColumnConcatenatingTransformer.LoaderSignature)]

namespace Microsoft.ML.Data;

/// <summary>Joins columns to one vector column.</summary>
public sealed class ColumnConcatenatingTransformer : RowToRowTransformerBase
{
    internal const string LoaderSignature = "ConcatTransform";

    private readonly string _name;
    private readonly string[] _sources;

    internal ColumnConcatenatingTransformer(IHostEnvironment env, string name, string[] sources)
        : base(env.Register("ColumnConcatenatingTransformer"))
    {
        _name = name;
        _sources = sources;
    }

    private static VersionInfo Version => ModelFormat.Of("CONCAT S", LoaderSignature, typeof(ColumnConcatenatingTransformer));

    private static ColumnConcatenatingTransformer Create(IHostEnvironment env, ModelLoadContext ctx)
    {
        var reader = ctx.Begin(Version);
        var name = reader.ReadString();
        var sources = new string[reader.ReadInt32()];
        for (var i = 0; i < sources.Length; i++)
            sources[i] = reader.ReadString();
        return new ColumnConcatenatingTransformer(env, name, sources);
    }

    private protected override void SaveModel(ModelSaveContext ctx)
    {
        var writer = ctx.Begin(Version);
        writer.Write(_name);
        writer.Write(_sources.Length);
        foreach (var source in _sources)
            writer.Write(source);
    }

    private protected override RowMapping MakeMapping(DataViewSchema inputSchema)
    {
        var columns = Array.ConvertAll(_sources, name => inputSchema.Require(name));
        var item = ItemType(columns[0]);
        foreach (var column in columns)
        {
            if (!ItemType(column).Equals(item))
                throw Shapes.Mismatch("input", column.Name, item.ToString(), column.Type.ToString());
        }

        var type = columns is [{ Type: VectorDataViewType only }] ? only : new VectorDataViewType(item, Size(columns));
        var sources = Array.ConvertAll(columns, column => column.Index);
        Func<DataViewRow, Delegate> makeGetter = row => Generic.Call<Delegate>(
            (Func<DataViewRow, DataViewSchema.Column[], Delegate>)Concatenation.MakeGetter<int>, [item.RawType], row, columns);
        return new RowMapping(inputSchema, [new AddedColumn(_name, type, Concatenation.Annotations(columns, type), sources, makeGetter)]);
    }

    private static PrimitiveDataViewType ItemType(DataViewSchema.Column column)
        => column.Type as PrimitiveDataViewType ?? (column.Type as VectorDataViewType)?.ItemType
            ?? throw Shapes.Mismatch("input", column.Name, "a primitive type or a vector", column.Type.ToString());

    // 0 for a vector of a size that differs from row to row.
    private static int Size(DataViewSchema.Column[] columns)
    {
        var size = 0;
        foreach (var column in columns)
        {
            if (column.Type is VectorDataViewType { IsKnownSize: false })
                return 0;
            size += (column.Type as VectorDataViewType)?.Size ?? 1;
        }

        return size;
    }
}
