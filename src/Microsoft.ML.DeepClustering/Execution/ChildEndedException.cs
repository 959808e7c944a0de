namespace Microsoft.ML.DeepClustering.Execution;

/// <summary>A child process has ended in the middle of its work. It may be started again.</summary>
/// <param name="how">For example "code 137".</param>
internal sealed class ChildEndedException(string how) : Exception(how);
