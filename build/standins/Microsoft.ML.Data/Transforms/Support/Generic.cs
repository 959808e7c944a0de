using System.Reflection;
using System.Runtime.ExceptionServices;

namespace Microsoft.ML.Data;

/// <summary>Calls a generic method for a type that is known at run time only.</summary>
internal static class Generic
{
    /// <param name="sample">The method, instantiated with any types.</param>
    public static TResult Call<TResult>(Delegate sample, Type[] types, params object[] arguments)
    {
        var method = sample.Method.GetGenericMethodDefinition().MakeGenericMethod(types);
        try
        {
            return (TResult)method.Invoke(sample.Target, arguments);
        }
        catch (TargetInvocationException failure)
        {
            ExceptionDispatchInfo.Throw(failure.InnerException);
            throw;
        }
    }
}
