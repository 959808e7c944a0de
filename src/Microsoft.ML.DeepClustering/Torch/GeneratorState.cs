using System.Buffers.Binary;
using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Torch;

/// <summary>The state of a generator on the CPU from a file: libtorch ends the process where it is given one that is no state.</summary>
internal static class GeneratorState
{
    // ATen's CPUGeneratorImpl.cpp and MT19937RNGEngine.h: the seed of 8 bytes, the numbers left and whether it is seeded of 4 each, the place of the next number of 8, the words.
    private const int Left = 8;
    private const int Seeded = 12;
    private const int Next = 16;
    private const int Words = 624;

    /// <summary>Whether a tensor, on the CPU, is a state that a generator can be given.</summary>
    public static bool IsOf(Generator generator, Tensor state)
    {
        using var present = generator.get_state();
        if (state.dtype != present.dtype || !state.shape.SequenceEqual(present.shape))
            return false;
        var bytes = state.bytes;
        var (left, next) = (BinaryPrimitives.ReadInt32LittleEndian(bytes[Left..]), BinaryPrimitives.ReadUInt64LittleEndian(bytes[Next..]));
        // Drawn from, it has used up some of its words; just seeded, all of those that it does not have yet.
        var isOneState = next is > 0 and <= Words ? left == Words + 1 - (int)next : (left, next) == (1, 0);
        return isOneState && BinaryPrimitives.ReadInt32LittleEndian(bytes[Seeded..]) == 1;
    }
}
