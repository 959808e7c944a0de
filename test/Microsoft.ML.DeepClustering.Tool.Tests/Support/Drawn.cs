using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Microsoft.ML.DeepClustering.Tool.Tests.Support;

/// <summary>Inputs that the tests draw: the same each time.</summary>
internal static class Drawn
{
    /// <summary>Two clear groups of numbers with a category that goes with them.</summary>
    public static string Csv(int rows, string separator = ",", string newLine = "\n")
    {
        var random = new Random(1);
        var text = new StringBuilder($"width{separator}height{separator}kind{separator}name{newLine}");
        for (var i = 0; i < rows; i++)
        {
            var far = i % 2;
            text.Append(CultureInfo.InvariantCulture, $"{far * 10 + random.NextDouble():0.000}{separator}{far * -5 + random.NextDouble():0.000}{separator}{(far == 1 ? "big" : "small")}{separator}row {i}{newLine}");
        }

        return text.ToString();
    }

    /// <summary>A picture of 24 bits: a bright square in the upper left or the lower right, with noise.</summary>
    public static byte[] Bitmap(int seed, bool lower, int side = 16)
    {
        var random = new Random(seed);
        var stride = (3 * side + 3) / 4 * 4;
        var file = new byte[54 + stride * side];
        (file[0], file[1]) = ((byte)'B', (byte)'M');
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(2), file.Length);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(10), 54);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(14), 40);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(18), side);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(22), -side);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(26), 1);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(28), 24);
        for (var y = 0; y < side; y++)
        {
            for (var x = 0; x < side; x++)
                file.AsSpan(54 + y * stride + 3 * x, 3).Fill(Pixel(random, x, y, side, lower));
        }

        return file;
    }

    /// <summary>The same pictures in the format IDX.</summary>
    public static byte[] Idx(int count, int side = 16)
    {
        var file = new byte[16 + count * side * side];
        Header(file, 3, [count, side, side]);
        for (var i = 0; i < count; i++)
        {
            var random = new Random(i);
            for (var p = 0; p < side * side; p++)
                file[16 + i * side * side + p] = Pixel(random, p % side, p / side, side, i % 2 == 1);
        }

        return file;
    }

    public static byte[] IdxLabels(int count)
    {
        var file = new byte[8 + count];
        Header(file, 1, [count]);
        for (var i = 0; i < count; i++)
            file[8 + i] = (byte)(i % 2);
        return file;
    }

    /// <summary>A folder of pictures in two sub-folders, a and b.</summary>
    public static void Folder(Workspace workspace, string name, int count)
    {
        for (var i = 0; i < count; i++)
            workspace.Write($"{name}/{(i % 2 == 1 ? "b" : "a")}/{i:00}.bmp", Bitmap(i, i % 2 == 1));
    }

    private static byte Pixel(Random random, int x, int y, int side, bool lower)
    {
        var inside = lower ? x >= side / 2 && y >= side / 2 : x < side / 2 && y < side / 2;
        return (byte)((inside ? 200 : 20) + random.Next(40));
    }

    private static void Header(byte[] file, byte sizes, int[] values)
    {
        (file[2], file[3]) = (8, sizes);
        for (var i = 0; i < values.Length; i++)
            BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(4 + 4 * i), values[i]);
    }
}
