using System.Buffers.Binary;
using System.Text;
using System.Text.Json.Nodes;

namespace Microsoft.ML.DeepClustering.Tests.Persistence;

/// <summary>Weights that were written to deceive: with the right hash, but sizes, names or values that are not what they should be.</summary>
[TestClass]
public sealed class ForgedWeightsTests
{
    private const string Tensor = "network.block1.conv1.weight";

    private static readonly TinyModel _model = TinyModel.Trained;

    private static int HeaderLength => (int)BinaryPrimitives.ReadInt64LittleEndian(_model.Entries[TinyModel.Weights]);

    private static byte[] Values => _model.Entries[TinyModel.Weights][(8 + HeaderLength)..];

    [TestMethod]
    [DataRow(1L << 31)]
    [DataRow(long.MaxValue)]
    [DataRow(-1L)]
    [DataRow(long.MinValue)]
    [DataRow(0L)]
    [DataRow(1L)]
    [DataRow((long)int.MaxValue)]
    public void Read_ForgedHeaderLength_IsRefused(long length)
    {
        var weights = (byte[])_model.Entries[TinyModel.Weights].Clone();
        BinaryPrimitives.WriteInt64LittleEndian(weights, length);
        Forgery.IsRefused(_model.WithWeights(weights), TinyModel.Weights, $"said to have {length} bytes");
    }

    [TestMethod]
    [DataRow("data_offsets", "[8, 408]", "right after the one before", DisplayName = "overlap")]
    [DataRow("data_offsets", "[400, 0]", "right after the one before", DisplayName = "reversed")]
    [DataRow("data_offsets", "[0, 9223372036854775807]", "right after the one before", DisplayName = "out of range")]
    [DataRow("data_offsets", "[-400, 0]", "right after the one before", DisplayName = "negative offset")]
    [DataRow("data_offsets", "[0]", "right after the one before", DisplayName = "one offset")]
    [DataRow("data_offsets", "null", "right after the one before", DisplayName = "no offsets")]
    [DataRow("data_offsets", "[0, 18446744073709551616]", "not the JSON of safetensors", DisplayName = "offset above 64 bits")]
    [DataRow("data_offsets", "[\"0\", \"400\"]", "not the JSON of safetensors", DisplayName = "offsets as text")]
    [DataRow("shape", "[4294967296, 4294967296]", "more than the file holds", DisplayName = "product of 2^64")]
    [DataRow("shape", "[9223372036854775807, 9223372036854775807]", "more than the file holds", DisplayName = "product above 2^64")]
    [DataRow("shape", "[-10, -10]", "more than the file holds", DisplayName = "negative sizes")]
    [DataRow("shape", "[0, 9223372036854775807]", "0 values in 400 bytes", DisplayName = "nothing of a huge size")]
    [DataRow("shape", "[10, 10]", "Float32 of shape (10, 10), and the model's is Float32 of shape (100)", DisplayName = "another shape of the same size")]
    [DataRow("shape", "[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,100]", "17 dimensions", DisplayName = "many dimensions")]
    [DataRow("shape", "null", "no shape", DisplayName = "no shape")]
    [DataRow("dtype", "\"I32\"", "Int32 of shape (100), and the model's is Float32", DisplayName = "integers")]
    [DataRow("dtype", "\"F64\"", "100 values in 400 bytes", DisplayName = "doubles")]
    [DataRow("dtype", "\"F8_E4M3\"", "type 'F8_E4M3', not one of", DisplayName = "unknown type")]
    [DataRow("dtype", "7", "not the JSON of safetensors", DisplayName = "type as a number")]
    public void Read_ForgedTensor_IsRefused(string field, string value, string reason)
        => Forgery.IsRefused(WithHeader(h => First(h)[field] = JsonNode.Parse(value)), TinyModel.Weights, reason);

    [TestMethod]
    public void Read_GapBetweenTensors_IsRefused() => Forgery.IsRefused(
        WithHeader(h =>
        {
            foreach (var (_, entry) in h.AsObject())
            {
                if ((long)entry!["data_offsets"]![0]! > 0)
                    entry["data_offsets"] = new JsonArray((long)entry["data_offsets"]![0]! + 4, (long)entry["data_offsets"]![1]! + 4);
            }
        }),
        "right after the one before");

    [TestMethod]
    public void Read_AddedRemovedAndRenamedTensors_NamesThem()
    {
        Forgery.IsRefused(WithHeader(h => h["more"] = JsonNode.Parse("""{"dtype":"F32","shape":[0],"data_offsets":[0,0]}""")), "tensor more does not belong");
        Forgery.IsRefused(WithHeader(h => Rename(h, "other")), "tensor other does not belong");
        Forgery.IsRefused(WithHeader(h => Rename(h, new string('x', 1_000_000) + "\n")), "does not belong");
        Forgery.IsRefused(WithHeader(h => h.AsObject().Remove(h.AsObject().First().Key)), "right after the one before");
    }

    [TestMethod]
    public void Read_NameGivenTwice_IsRefused()
    {
        var header = Header();
        var entry = $"\"{Tensor}\":{header[Tensor]!.ToJsonString()},";
        Forgery.IsRefused(WithHeader("{" + entry + header.ToJsonString()[1..]), "not the JSON of safetensors", "Duplicate propert");
    }

    [TestMethod]
    public void Read_MetadataOfTheFormat_Loads()
        => Forgery.Loads(WithHeader(h => h["__metadata__"] = JsonNode.Parse("""{"format":"pt","dtype":"none"}""")));

    [TestMethod]
    public void Read_HeaderOfManyMegabytes_IsReadOrRefused()
    {
        Forgery.Loads(WithHeader(new string(' ', 30_000_000) + Header().ToJsonString()));
        Forgery.IsRefused(WithHeader(new string('[', 100_000)), "not the JSON of safetensors", "depth");
        Forgery.IsRefused(WithHeader("{\"a\":" + new string('[', 100_000) + new string(']', 100_000) + "}"), "not the JSON of safetensors", "depth");
        Forgery.IsRefused(WithHeader("{\"\\ud800\":{}}"), TinyModel.Weights);
        var keys = string.Join(",", Enumerable.Range(0, 1_000_000).Select(i => $"\"k{i}\":{{}}"));
        Forgery.IsRefused(WithHeader("{" + keys + "}"), "not the JSON of safetensors", "more values than a training leaves behind");
        Forgery.IsRefused(WithHeader("{\"a\":{\"shape\":[" + string.Join(',', Enumerable.Repeat('1', 2_000_000)) + "]}}"), "more values");
    }

    [TestMethod]
    [DataRow(float.NaN)]
    [DataRow(float.PositiveInfinity)]
    [DataRow(float.NegativeInfinity)]
    public void Read_WeightThatIsNoNumber_NamesTheTensor(float value)
    {
        foreach (var (name, entry) in Header().Where(t => (string)t.Value!["dtype"]! == "F32"))
        {
            var weights = (byte[])_model.Entries[TinyModel.Weights].Clone();
            // The last value of the tensor.
            BinaryPrimitives.WriteSingleLittleEndian(weights.AsSpan(8 + HeaderLength + (int)entry!["data_offsets"]![1]! - 4), value);
            Forgery.IsRefused(_model.WithWeights(weights), $"tensor {name} has values that are NaN or infinite");
        }
    }

    [TestMethod]
    public void Read_HugeFiniteWeights_ScoringSaysSo()
    {
        var weights = (byte[])_model.Entries[TinyModel.Weights].Clone();
        for (var i = weights.Length - 40_000; i < weights.Length; i += 4)
            BinaryPrimitives.WriteSingleLittleEndian(weights.AsSpan(i), 3e38f);
        using var model = TinyModel.Read(_model.WithWeights(weights));
        var error = Assert.ThrowsExactly<InvalidOperationException>(() => TinyModel.Score(model));
        StringAssert.Contains(error.Message, "are not finite numbers");
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("0000000000000000000000000000000000000000000000000000000000000000")]
    public void Read_WrongHash_IsRefused(string hash)
        => Forgery.IsRefused(_model.With(TinyModel.Options, o => o["WeightsSha256"] = hash), TinyModel.Weights, "SHA-256");

    private static JsonObject Header() => JsonNode.Parse(_model.Entries[TinyModel.Weights].AsSpan(8, HeaderLength))!.AsObject();

    private static JsonNode First(JsonNode header) => header.AsObject().Single(t => (long)t.Value!["data_offsets"]![0]! == 0).Value!;

    private static void Rename(JsonNode header, string name)
    {
        var entry = header[Tensor]!;
        header.AsObject().Remove(Tensor);
        header[name] = entry;
    }

    private static Dictionary<string, byte[]> WithHeader(Action<JsonNode> change)
    {
        var header = Header();
        change(header);
        return WithHeader(header.ToJsonString());
    }

    private static Dictionary<string, byte[]> WithHeader(string header)
    {
        var text = Encoding.UTF8.GetBytes(header);
        var length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, text.Length);
        return _model.WithWeights([.. length, .. text, .. Values]);
    }
}
