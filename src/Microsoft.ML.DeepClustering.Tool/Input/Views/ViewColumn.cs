using Microsoft.ML.Data;

namespace Microsoft.ML.DeepClustering.Tool.Input.Views;

/// <summary>A column of a <see cref="TableView"/>: its name, its type and its values, which are all in memory.</summary>
internal abstract class ViewColumn(string name, DataViewType type)
{
    public string Name => name;

    public DataViewType Type => type;

    /// <summary>A getter of ML.NET for the row that <paramref name="row"/> names each time.</summary>
    public abstract Delegate Getter(Func<int> row);

    /// <summary>The same column with some of its rows.</summary>
    public abstract ViewColumn Select(int[] rows);

    public static ViewColumn Numbers(string name, float[] values) => new NumberColumn(name, values);

    public static ViewColumn Texts(string name, string[] values) => new TextColumn(name, values);

    public static ViewColumn Vectors(string name, VectorDataViewType type, float[][] values) => new VectorColumn(name, type, values);

    private sealed class NumberColumn(string name, float[] values) : ViewColumn(name, NumberDataViewType.Single)
    {
        public override Delegate Getter(Func<int> row) => (ValueGetter<float>)((ref float value) => value = values[row()]);

        public override ViewColumn Select(int[] rows) => new NumberColumn(Name, Array.ConvertAll(rows, r => values[r]));
    }

    private sealed class TextColumn(string name, string[] values) : ViewColumn(name, TextDataViewType.Instance)
    {
        public override Delegate Getter(Func<int> row) => (ValueGetter<ReadOnlyMemory<char>>)((ref ReadOnlyMemory<char> value) => value = values[row()].AsMemory());

        public override ViewColumn Select(int[] rows) => new TextColumn(Name, Array.ConvertAll(rows, r => values[r]));
    }

    private sealed class VectorColumn(string name, VectorDataViewType type, float[][] values) : ViewColumn(name, type)
    {
        public override Delegate Getter(Func<int> row) => (ValueGetter<VBuffer<float>>)((ref VBuffer<float> value) =>
        {
            var editor = VBufferEditor.Create(ref value, type.Size);
            values[row()].CopyTo(editor.Values);
            value = editor.Commit();
        });

        public override ViewColumn Select(int[] rows) => new VectorColumn(Name, type, Array.ConvertAll(rows, r => values[r]));
    }
}
