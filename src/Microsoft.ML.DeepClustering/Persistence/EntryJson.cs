using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Microsoft.ML.DeepClustering.Persistence;

/// <summary>
/// Reads and writes the JSON of a model's entries. The text may come from strangers: duplicate names, missing values and nulls where a value is required
/// are refused, and so is a text that would take far more memory than its own length. The reader chooses the types; the text never names one.
/// </summary>
internal sealed class EntryJson
{
    private const int Depth = 32;

    // About what the reader makes of them, in bytes: an object or array, a named value, a value in an array.
    private const long ContainerCost = 128;
    private const long PropertyCost = 64;
    private const long ElementCost = 24;

    // Entries of real trainings take about twice their length; short ones may take anything.
    private const long CostPerByte = 4;
    private const long FreeCost = 16 << 20;

    private readonly JsonSerializerOptions _writing;
    private readonly JsonSerializerOptions _reading;

    /// <param name="types">The generated serializers of all types that are read and written.</param>
    public EntryJson(IJsonTypeInfoResolver types)
    {
        _writing = new()
        {
            TypeInfoResolver = types,
            WriteIndented = true,
            NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        };
        // Parameters with a default value are not required, so that a later version can add to the records.
        _reading = new(_writing)
        {
            MaxDepth = Depth,
            AllowDuplicateProperties = false,
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true,
        };
    }

    /// <summary>The JSON of a model's own entries.</summary>
    public static EntryJson Model { get; } = new(EntryJsonContext.Default);

    /// <summary>The JSON of a method's options; a method from outside the library brings its own serializers.</summary>
    public static EntryJson Create(DeepClusteringOptions options) => options.OwnSerializers is { } own ? new(own) : Model;

    public byte[] Write<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, (JsonTypeInfo<T>)_writing.GetTypeInfo(typeof(T)));

    public JsonElement ToElement(object value) => JsonSerializer.SerializeToElement(value, _writing.GetTypeInfo(value.GetType()));

    /// <exception cref="JsonException">The text is not the JSON of a <typeparamref name="T"/>.</exception>
    public T Read<T>(ReadOnlySpan<byte> text)
    {
        CheckProportion(text);
        return JsonSerializer.Deserialize(text, (JsonTypeInfo<T>)_reading.GetTypeInfo(typeof(T))) ?? throw new JsonException("it is null");
    }

    /// <exception cref="JsonException">The element is not the JSON of that type.</exception>
    public object FromElement(JsonElement element, Type type)
        => element.Deserialize(_reading.GetTypeInfo(type)) ?? throw new JsonException("it is null");

    /// <summary>The names of the values that objects of a type are written with.</summary>
    public IReadOnlySet<string> NamesOf(Type type) => _writing.GetTypeInfo(type).Properties.Select(p => p.Name).ToHashSet(StringComparer.Ordinal);

    /// <summary>An element as JSON on one line.</summary>
    public static string ToLine(JsonElement element)
    {
        var text = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(text))
            element.WriteTo(writer);
        return Encoding.UTF8.GetString(text.WrittenSpan);
    }

    /// <summary>What is wrong and where, in one line.</summary>
    public static string Explain(JsonException fault)
    {
        var reason = fault.Message.Split(" Path: ")[0].Split(" LineNumber: ")[0].TrimEnd('.', ' ');
        return fault.LineNumber is { } line ? $"{reason} ({fault.Path ?? "$"}, line {line + 1})" : reason;
    }

    // A few bytes of JSON can ask for a hundred of objects; the reader itself has no bound for that.
    private static void CheckProportion(ReadOnlySpan<byte> text)
    {
        var reader = new Utf8JsonReader(text, new JsonReaderOptions { MaxDepth = Depth });
        var allowed = CostPerByte * text.Length + FreeCost;
        while (reader.Read())
        {
            allowed -= reader.TokenType switch
            {
                JsonTokenType.StartObject or JsonTokenType.StartArray => ContainerCost,
                JsonTokenType.PropertyName => PropertyCost,
                JsonTokenType.EndObject or JsonTokenType.EndArray => 0,
                _ => ElementCost,
            };
            if (allowed < 0)
                throw new JsonException("it has more values than a training leaves behind");
        }
    }
}
