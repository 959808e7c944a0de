using System.Globalization;
using Parquet;
using Parquet.Schema;

namespace Microsoft.ML.DeepClustering.Tool.Input.Tables;

/// <summary>Reads the columns of numbers, of truth values and of texts of a Parquet file.</summary>
internal static class ParquetTable
{
    public static async Task<(Table Table, IReadOnlyList<string> Skipped)> ReadAsync(string path, CancellationToken cancellation)
    {
        if (InputFile.IsGzipped(path))
            throw new ToolFault($"{path} is a gzipped Parquet file, which cannot be read; unpack it.");
        await using var stream = InputFile.OpenAsIs(path);
        try
        {
            await using var reader = await ParquetReader.CreateAsync(stream, cancellationToken: cancellation);
            var fields = reader.Schema.GetDataFields();
            var columns = new List<TableColumn>();
            foreach (var field in fields.Where(IsRead))
                columns.Add(await ReadColumn(reader, field, cancellation));
            var rows = (int)reader.RowGroups.Sum(g => g.RowCount);
            if (columns.Count == 0 || rows == 0)
                throw new ToolFault(rows == 0 ? $"{path} has no rows." : $"{path} has no column of numbers or texts.");
            return (new(path, columns, rows, row => $"row {row + 1}"), [.. fields.Where(f => !IsRead(f)).Select(f => f.Path.ToString())]);
        }
        catch (Exception e) when (e is not (ToolFault or OperationCanceledException))
        {
            throw new ToolFault($"{path} cannot be read as a Parquet file: {e.Message}", e);
        }
    }

    private static bool IsRead(DataField field) => field.MaxRepetitionLevel == 0 && field.Path.Length == 1
        && (IsText(field) || field.ClrType == typeof(bool) || field.ClrType == typeof(decimal) || (field.ClrType.IsPrimitive && field.ClrType != typeof(char)));

    // What the library has for texts.
    private static bool IsText(DataField field) => field.ClrType == typeof(ReadOnlyMemory<char>) || field.ClrType == typeof(string);

    private static Task<TableColumn> ReadColumn(ParquetReader reader, DataField field, CancellationToken cancellation) => Type.GetTypeCode(field.ClrType) switch
    {
        _ when IsText(field) => Texts(reader, field, cancellation),
        TypeCode.Boolean => Numbers<bool>(reader, field, cancellation),
        TypeCode.SByte => Numbers<sbyte>(reader, field, cancellation),
        TypeCode.Byte => Numbers<byte>(reader, field, cancellation),
        TypeCode.Int16 => Numbers<short>(reader, field, cancellation),
        TypeCode.UInt16 => Numbers<ushort>(reader, field, cancellation),
        TypeCode.Int32 => Numbers<int>(reader, field, cancellation),
        TypeCode.UInt32 => Numbers<uint>(reader, field, cancellation),
        TypeCode.Int64 => Numbers<long>(reader, field, cancellation),
        TypeCode.UInt64 => Numbers<ulong>(reader, field, cancellation),
        TypeCode.Single => Numbers<float>(reader, field, cancellation),
        TypeCode.Double => Numbers<double>(reader, field, cancellation),
        TypeCode.Decimal => Numbers<decimal>(reader, field, cancellation),
        var code => throw new NotSupportedException($"The column {field.Name} has values of the type {code}."),
    };

    private static async Task<TableColumn> Texts(ParquetReader reader, DataField field, CancellationToken cancellation)
    {
        var texts = new List<string>();
        foreach (var group in reader.RowGroups)
        {
            var part = new string?[group.RowCount];
            await group.ReadAsync(field, part.AsMemory(), cancellationToken: cancellation);
            texts.AddRange(part.Select(t => t ?? ""));
        }

        return new(field.Name, [.. texts]);
    }

    private static async Task<TableColumn> Numbers<T>(ParquetReader reader, DataField field, CancellationToken cancellation)
        where T : struct, IConvertible
    {
        var rows = (int)reader.RowGroups.Sum(g => g.RowCount);
        var (numbers, values) = (new float[rows], new T[rows]);
        var row = 0;
        foreach (var group in reader.RowGroups)
        {
            var count = (int)group.RowCount;
            if (field.IsNullable)
            {
                var part = new T?[count];
                await group.ReadAsync(field, part.AsMemory(), cancellationToken: cancellation);
                for (var i = 0; i < count; i++, row++)
                    (values[row], numbers[row]) = part[i] is { } value ? (value, Number(value)) : (default, float.NaN);
            }
            else
            {
                await group.ReadAsync(field, values.AsMemory(row, count), cancellationToken: cancellation);
                for (var end = row + count; row < end; row++)
                    numbers[row] = Number(values[row]);
            }
        }

        // In full: a whole number of more than 7 digits, an identifier say, is another as a float.
        return IsHeldByFloat(typeof(T)) ? new(field.Name, numbers) : new(field.Name, numbers, i => values[i].ToString(CultureInfo.InvariantCulture));
    }

    private static float Number<T>(T value)
        where T : struct, IConvertible => value.ToSingle(CultureInfo.InvariantCulture);

    private static bool IsHeldByFloat(Type type) => Type.GetTypeCode(type) is TypeCode.Boolean or TypeCode.SByte or TypeCode.Byte or TypeCode.Int16 or TypeCode.UInt16 or TypeCode.Single;
}
