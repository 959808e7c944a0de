using Microsoft.ML.Data;
using Microsoft.ML.DeepClustering.Scoring;
using Microsoft.ML.DeepClustering.Tests.Support;

namespace Microsoft.ML.DeepClustering.Tests.Scoring;

/// <summary>Columns of a program's own types, whose values the next row may destroy, as images are: rows are then scored one by one.</summary>
[TestClass]
public sealed class UncopiedColumnsTests
{
    private static readonly SourceModels Models = new();
    private static readonly MLContext Ml = Models.Ml;

    [ClassCleanup]
    public static void Free() => Models.Dispose();

    [TestMethod]
    public void Transform_DisposableValues_AreReadOnTheirOwnRow()
    {
        var disposed = 0;
        var data = Ml.Data.LoadFromEnumerable(SourceRow.Make(100));
        var opening = Ml.Transforms.CustomMapping<FromId, WithPicture>((from, to) =>
        {
            // As an image's getter does with what it is given.
            if (to.Picture is { } former)
            {
                former.Dispose();
                disposed++;
            }

            to.Picture = new Picture((int)from.Id);
        }, null);
        var scored = Models.Deep.Transform(opening.Fit(data).Transform(data));
        Assert.IsFalse(ColumnBuffers.CanCopy(scored.Schema["Picture"].Type));

        using var cursor = scored.GetRowCursor(scored.Schema);
        var (getPicture, getId, getLabel, getText, getFeatures) = (
            cursor.GetGetter<Picture>(scored.Schema["Picture"]), cursor.GetGetter<float>(scored.Schema["Id"]), cursor.GetGetter<uint>(scored.Schema["PredictedLabel"]),
            cursor.GetGetter<ReadOnlyMemory<char>>(scored.Schema["Class"]), cursor.GetGetter<VBuffer<float>>(scored.Schema["Features"]));
        var (picture, id, label, text, features) = (default(Picture)!, 0f, 0u, default(ReadOnlyMemory<char>), default(VBuffer<float>));
        for (var row = 0; row < 100; row++)
        {
            Assert.IsTrue(cursor.MoveNext());
            getPicture(ref picture);
            getId(ref id);
            getLabel(ref label);
            getText(ref text);
            getFeatures(ref features);
            Assert.AreEqual((row, row, $"group {row % 3}"), ((int)id, picture.Number, text.ToString()));
            Assert.IsFalse(picture.IsDisposed);
            Assert.AreEqual(row, cursor.Position);
            CollectionAssert.AreEqual(SourceRow.Make()[row].Features, features.DenseValues().ToArray());
            Models.HaveTheirOwnClusters(Models.Deep, [new() { Id = id, PredictedLabel = label }]);
        }

        Assert.IsFalse(cursor.MoveNext());
        Assert.IsGreaterThan(0, disposed);
    }

    [TestMethod]
    public void Transform_DisposableColumnNotAskedFor_IsScoredInBatches()
    {
        var source = new RestrictedRows<SourceRow>(() => SourceRow.Make());
        var data = Ml.Data.LoadFromEnumerable(source);
        var scored = Models.Deep.Transform(Ml.Transforms.CustomMapping<FromId, WithPicture>((_, _) => Assert.Fail("read"), null).Fit(data).Transform(data));
        using var cursor = scored.GetRowCursor([scored.Schema["Id"], scored.Schema["Score"]]);
        for (var row = 0; row < 5; row++)
            Assert.IsTrue(cursor.MoveNext());
        Assert.AreEqual(7, source.Given);
    }

    [TestMethod]
    public void Getter_AfterAnErrorOrTheEnd_ThrowsForEveryColumn()
    {
        foreach (var fault in (bool[])[true, false])
        {
            var rows = SourceRow.Make(3);
            if (fault)
                rows[2].Features[1] = float.NaN;
            var data = Ml.Data.LoadFromEnumerable(rows);
            var scored = Models.Deep.Transform(Ml.Transforms.CustomMapping<FromId, WithPicture>((from, to) => to.Picture = new Picture((int)from.Id), null).Fit(data).Transform(data));
            using var cursor = scored.GetRowCursor(scored.Schema);
            var (getPicture, getId, getScore) = (
                cursor.GetGetter<Picture>(scored.Schema["Picture"]), cursor.GetGetter<float>(scored.Schema["Id"]), cursor.GetGetter<VBuffer<float>>(scored.Schema["Score"]));
            var (picture, id, score) = (default(Picture)!, 0f, default(VBuffer<float>));
            HasNoRow();
            Assert.IsTrue(cursor.MoveNext() && cursor.MoveNext());
            getPicture(ref picture);
            Assert.AreEqual(1, picture.Number);
            if (fault)
                Assert.ThrowsExactly<InvalidOperationException>(() => cursor.MoveNext());
            else
                Assert.IsTrue(cursor.MoveNext());
            Assert.IsFalse(cursor.MoveNext());
            HasNoRow();

            void HasNoRow()
            {
                foreach (var read in (Action[])[() => getPicture(ref picture), () => getId(ref id), () => getScore(ref score)])
                    StringAssert.Contains(Assert.ThrowsExactly<InvalidOperationException>(read).Message, "not on a row");
            }
        }
    }

    [TestMethod]
    public void CanCopy_TypesOfMlNet_AreAllButImagesAndOnesThatProgramsAdd()
    {
        DataViewType[] single =
        [
            NumberDataViewType.Byte, NumberDataViewType.SByte, NumberDataViewType.Int16, NumberDataViewType.UInt16, NumberDataViewType.Int32, NumberDataViewType.UInt32,
            NumberDataViewType.Int64, NumberDataViewType.UInt64, NumberDataViewType.Single, NumberDataViewType.Double, BooleanDataViewType.Instance, TextDataViewType.Instance,
            DateTimeDataViewType.Instance, DateTimeOffsetDataViewType.Instance, TimeSpanDataViewType.Instance, RowIdDataViewType.Instance,
            new KeyDataViewType(typeof(byte), 3), new KeyDataViewType(typeof(ushort), 3), new KeyDataViewType(typeof(uint), 3), new KeyDataViewType(typeof(ulong), 3),
        ];
        foreach (var type in single)
        {
            Assert.IsTrue(ColumnBuffers.CanCopy(type), type.ToString());
            Assert.IsTrue(ColumnBuffers.CanCopy(new VectorDataViewType((PrimitiveDataViewType)type)), type.ToString());
        }

        Assert.IsFalse(ColumnBuffers.CanCopy(new PictureType()));
    }

    private sealed class FromId
    {
        public float Id { get; set; }
    }

    private sealed class WithPicture
    {
        [PictureType]
        public Picture? Picture { get; set; }
    }

    private sealed class Picture(int number) : IDisposable
    {
        public int Number => IsDisposed ? throw new ObjectDisposedException(nameof(Picture)) : number;

        public bool IsDisposed { get; private set; }

        public void Dispose() => IsDisposed = true;
    }

    private sealed class PictureType() : StructuredDataViewType(typeof(Picture))
    {
        public override bool Equals(DataViewType? other) => other is PictureType;

        public override int GetHashCode() => 7;
    }

    private sealed class PictureTypeAttribute : DataViewTypeAttribute
    {
        public override bool Equals(DataViewTypeAttribute? other) => other is PictureTypeAttribute;

        public override int GetHashCode() => 7;

        public override void Register() => DataViewTypeManager.Register(new PictureType(), typeof(Picture), this);
    }
}
