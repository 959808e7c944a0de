using System.Reflection;

namespace TorchSharp.Native;

/// <summary>The operators that this assembly calls; a field's name is that of the schema, with _ for the dot.</summary>
internal static partial class Ops
{
    /// <summary>All of them, for a test to resolve: a wrong name would otherwise show only when it is called.</summary>
    internal static IEnumerable<Op> All
        => typeof(Ops).GetFields(BindingFlags.NonPublic | BindingFlags.Static).Select(op => (Op)op.GetValue(null));
}
