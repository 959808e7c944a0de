namespace Microsoft.ML.DeepClustering.Tests.Support;

/// <summary>
/// What a member of a C# class must hold for its column to have a key: ML.NET counts members of key type from 0 (0 becomes key 1), and what
/// is beyond the type's count becomes the missing key 0.
/// </summary>
internal static class KeyMember
{
    /// <summary>For keys 1 to k, and 0 for a missing one.</summary>
    public static T Of<T>(T key)
        where T : System.Numerics.IBinaryInteger<T> => unchecked(key - T.One);
}
