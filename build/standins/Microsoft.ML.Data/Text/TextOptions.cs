using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Checks, copies, saves and loads a loader's options.</summary>
internal static class TextOptions
{
    /// <summary>A copy of valid options, with columns.</summary>
    public static TextLoader.Options Complete(IExceptionContext context, TextLoader.Options options)
    {
        context.CheckUserArg(options.Separators?.Length > 0, nameof(options.Separators), "Must specify at least one separator");
        context.CheckUserArg(options.DecimalMarker is '.' or ',', nameof(options.DecimalMarker), "Decimal marker cannot be the '" + options.DecimalMarker + "' character. It must be '.' or ','.");
        context.CheckUserArg(!options.Separators.Contains(options.DecimalMarker), nameof(options.DecimalMarker), "Decimal marker and separator cannot be the same character.");
        context.CheckUserArg(options.InputSize is null or > 0, nameof(options.InputSize), "InputSize must be positive");
        var copy = Copy(options);
        copy.Columns = options.Columns is { Length: > 0 }
            ? options.Columns
            : [new TextLoader.Column("Label", DataKind.Single, 0), new TextLoader.Column("Features", DataKind.Single, [new TextLoader.Range(1, null)])];
        foreach (var column in copy.Columns)
        {
            context.CheckUserArg(!string.IsNullOrWhiteSpace(column.Name), nameof(column.Name), "A column needs a name");
            context.CheckUserArg(column.Source?.Length > 0, nameof(column.Source), $"Column '{column.Name}' needs a source");
            if (column.Source.Any(range => range.VariableEnd))
                throw new NotSupportedException($"Column '{column.Name}' has a variable number of fields, which this build cannot read.");
        }

        return copy;
    }

    public static TextLoader.Options Copy(TextLoader.Options options) => new()
    {
        AllowQuoting = options.AllowQuoting,
        AllowSparse = options.AllowSparse,
        InputSize = options.InputSize,
        Separators = [.. options.Separators],
        DecimalMarker = options.DecimalMarker,
        Columns = options.Columns,
        TrimWhitespace = options.TrimWhitespace,
        HasHeader = options.HasHeader,
        UseThreads = options.UseThreads,
        ReadMultilines = options.ReadMultilines,
        HeaderFile = options.HeaderFile,
        MaxRows = options.MaxRows,
        EscapeChar = options.EscapeChar,
        MissingRealsAsNaNs = options.MissingRealsAsNaNs,
    };

    public static void Save(BinaryWriter writer, TextLoader.Options options, int inputSize)
    {
        writer.Write(options.AllowQuoting);
        writer.Write(options.AllowSparse);
        writer.Write(options.TrimWhitespace);
        writer.Write(options.HasHeader);
        writer.Write(options.ReadMultilines);
        writer.Write(options.MissingRealsAsNaNs);
        writer.Write(options.DecimalMarker);
        writer.Write(options.EscapeChar);
        writer.Write(new string(options.Separators));
        writer.Write(inputSize);
        writer.Write(options.MaxRows ?? -1);
        writer.Write(options.Columns.Length);
        foreach (var column in options.Columns)
            Save(writer, column);
    }

    public static TextLoader.Options Load(BinaryReader reader)
    {
        var options = new TextLoader.Options
        {
            AllowQuoting = reader.ReadBoolean(),
            AllowSparse = reader.ReadBoolean(),
            TrimWhitespace = reader.ReadBoolean(),
            HasHeader = reader.ReadBoolean(),
            ReadMultilines = reader.ReadBoolean(),
            MissingRealsAsNaNs = reader.ReadBoolean(),
            DecimalMarker = reader.ReadChar(),
            EscapeChar = reader.ReadChar(),
            Separators = reader.ReadString().ToCharArray(),
        };
        options.InputSize = reader.ReadInt32() is > 0 and var size ? size : null;
        options.MaxRows = reader.ReadInt64() is >= 0 and var rows ? rows : null;
        options.Columns = new TextLoader.Column[reader.ReadInt32()];
        for (var i = 0; i < options.Columns.Length; i++)
            options.Columns[i] = LoadColumn(reader);
        return options;
    }

    private static void Save(BinaryWriter writer, TextLoader.Column column)
    {
        writer.Write(column.Name);
        writer.Write((byte)column.DataKind);
        writer.Write(column.KeyCount != null);
        writer.Write(column.KeyCount?.Count ?? 0);
        writer.Write(column.Source.Length);
        foreach (var range in column.Source)
        {
            writer.Write(range.Min);
            writer.Write(range.Max ?? -1);
            writer.Write(range.AutoEnd);
            writer.Write(range.AllOther);
            writer.Write(range.ForceVector);
        }
    }

    private static TextLoader.Column LoadColumn(BinaryReader reader)
    {
        var column = new TextLoader.Column { Name = reader.ReadString(), DataKind = (DataKind)reader.ReadByte() };
        var isKey = reader.ReadBoolean();
        var count = reader.ReadUInt64();
        if (isKey)
            column.KeyCount = new KeyCount { Count = count == 0 ? null : count };
        column.Source = new TextLoader.Range[reader.ReadInt32()];
        for (var i = 0; i < column.Source.Length; i++)
        {
            column.Source[i] = new TextLoader.Range
            {
                Min = reader.ReadInt32(),
                Max = reader.ReadInt32() is >= 0 and var max ? max : null,
                AutoEnd = reader.ReadBoolean(),
                AllOther = reader.ReadBoolean(),
                ForceVector = reader.ReadBoolean(),
            };
        }

        return column;
    }
}
