using System.Buffers.Binary;
using System.Text;
using Microsoft.ML.DeepClustering.Persistence;
using Microsoft.ML.DeepClustering.Tests.Support;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Tests.Persistence;

[TestClass]
public sealed class SafeTensorsTests
{
    private const string Entry = "Weights.safetensors";

    private static Dictionary<string, Tensor> Tensors => new()
    {
        ["layer.weight"] = TestTensors.Noise(3, 4).to(ScalarType.Float32),
        ["layer.count"] = tensor(7L),
        ["layer.mean"] = TestTensors.Wave(5),
        ["empty"] = zeros(new long[] { 0, 2 }),
    };

    [TestMethod]
    public void Write_ThenRead_GivesTheSameValues()
    {
        var file = SafeTensors.Write(Tensors);
        var targets = Tensors.ToDictionary(t => t.Key, t => zeros_like(t.Value));
        SafeTensors.CopyTo(SafeTensors.Read(file, Entry), targets, Entry);
        foreach (var (name, expected) in Tensors)
            Assert.IsTrue(expected.eq(targets[name]).all().item<bool>(), name);
    }

    [TestMethod]
    public void Write_Layout_IsThatOfTheFormat()
    {
        var file = SafeTensors.Write(new Dictionary<string, Tensor> { ["b"] = tensor(new[] { 1f, 2f }), ["a"] = tensor(3L) });
        var length = (int)BinaryPrimitives.ReadInt64LittleEndian(file);
        Assert.AreEqual(0, length % 8);
        Assert.AreEqual(
            """{"a":{"dtype":"I64","shape":[],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[2],"data_offsets":[8,16]}}""",
            Encoding.UTF8.GetString(file, 8, length).TrimEnd());
        Assert.AreEqual(3L, BinaryPrimitives.ReadInt64LittleEndian(file.AsSpan(8 + length)));
        Assert.AreEqual(2f, BinaryPrimitives.ReadSingleLittleEndian(file.AsSpan(8 + length + 12)));
    }

    [TestMethod]
    public void Read_AnyTruncation_ThrowsOneSentence()
    {
        var file = SafeTensors.Write(Tensors);
        for (var length = 0; length < file.Length; length++)
        {
            var error = Assert.ThrowsExactly<InvalidDataException>(() => SafeTensors.Read(file[..length], Entry), $"{length} bytes");
            StringAssert.Contains(error.Message, Entry);
        }
    }

    [TestMethod]
    public void Read_AnyChangedByteOfTheHeader_ThrowsOrKeepsWithinTheFile()
    {
        var file = SafeTensors.Write(Tensors);
        var header = 8 + (int)BinaryPrimitives.ReadInt64LittleEndian(file);
        var random = new Random(1);
        for (var position = 0; position < header; position++)
        {
            var damaged = (byte[])file.Clone();
            damaged[position] ^= (byte)(1 << random.Next(8));
            try
            {
                foreach (var stored in SafeTensors.Read(damaged, Entry).Values)
                    Assert.AreEqual(stored.Elements * (stored.Type is ScalarType.Float32 or ScalarType.Int32 ? 4 : 8), stored.Content.Length);
            }
            catch (InvalidDataException error)
            {
                StringAssert.Contains(error.Message, Entry);
            }
        }
    }

    [TestMethod]
    [DataRow("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", 4, "2 values in 4 bytes")]
    [DataRow("""{"a":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,4]}}""", 4, "more than the file holds")]
    [DataRow("""{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}""", 4, "more than the file holds")]
    [DataRow("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "right after the one before")]
    [DataRow("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 12, "end at byte 4 of 12")]
    [DataRow("""{"a":{"dtype":"F32","shape":[9],"data_offsets":[0,36]}}""", 4, "within the 4 bytes")]
    [DataRow("""{"a":{"dtype":"BF16","shape":[2],"data_offsets":[0,4]}}""", 4, "type 'BF16'")]
    [DataRow("""{"a":null}""", 0, "not the JSON")]
    [DataRow("""["a"]""", 0, "not the JSON")]
    [DataRow("""{"a":{"dtype":"F32","data_offsets":[0,4]}}""", 4, "no shape")]
    public void Read_HeaderThatDoesNotFit_SaysWhy(string header, int values, string reason)
    {
        var file = new byte[8 + header.Length + values];
        BinaryPrimitives.WriteInt64LittleEndian(file, header.Length);
        Encoding.UTF8.GetBytes(header).CopyTo(file, 8);
        var error = Assert.ThrowsExactly<InvalidDataException>(() => SafeTensors.Read(file, Entry));
        StringAssert.Contains(error.Message, reason);
    }

    [TestMethod]
    public void CopyTo_OtherNamesOrShapes_SaysWhich()
    {
        var stored = SafeTensors.Read(SafeTensors.Write(Tensors), Entry);
        Check(t => t.Remove("empty"), "tensor empty does not belong");
        Check(t => t["more"] = zeros(1), "tensor more is missing");
        Check(t => t["layer.mean"] = zeros(5), "tensor layer.mean is Float64 of shape (5), and the model's is Float32");
        Check(t => t["layer.weight"] = zeros(4, 3), "shape (3, 4), and the model's is Float32 of shape (4, 3)");

        void Check(Action<Dictionary<string, Tensor>> change, string reason)
        {
            var targets = Tensors;
            change(targets);
            foreach (var target in targets.Values.Where(t => t.numel() > 0))
                target.zero_();
            var error = Assert.ThrowsExactly<InvalidDataException>(() => SafeTensors.CopyTo(stored, targets, Entry));
            StringAssert.Contains(error.Message, reason);
            Assert.IsTrue(targets.Values.All(t => !t.any().item<bool>()), "An error changes none of them.");
        }
    }
}
