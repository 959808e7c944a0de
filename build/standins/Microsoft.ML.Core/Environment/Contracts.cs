namespace Microsoft.ML.Runtime;

/// <summary>The exceptions that components raise, in the name of a context where there is one.</summary>
internal static class Contracts
{
    private const string MarkKey = "Microsoft.ML.Marked";

    public static bool IsMarked(this Exception exception) => exception.Data.Contains(MarkKey);

    public static TException Mark<TException>(TException exception)
        where TException : Exception
    {
        exception.Data[MarkKey] = true;
        return exception;
    }

    public static void Check(this IExceptionContext context, bool condition, string message)
    {
        if (!condition)
            throw context.Except(message);
    }

    public static void CheckDecode(this IExceptionContext context, bool condition, string message = "Corrupt model file")
    {
        if (!condition)
            throw context.ExceptDecode(message);
    }

    public static void CheckUserArg(this IExceptionContext context, bool condition, string parameterName, string message)
    {
        if (!condition)
            throw context.ExceptUserArg(parameterName, message);
    }

    public static InvalidOperationException Except(this IExceptionContext context, string message)
        => context.Processed(new InvalidOperationException(message));

    public static InvalidOperationException Except(this IExceptionContext context, Exception inner, string message)
        => context.Processed(new InvalidOperationException(message, inner));

    public static FormatException ExceptDecode(this IExceptionContext context, string message)
        => context.Processed(new FormatException(message));

    public static ArgumentOutOfRangeException ExceptUserArg(this IExceptionContext context, string parameterName, string message)
        => context.Processed(new ArgumentOutOfRangeException(parameterName, message));

    public static ArgumentOutOfRangeException ExceptSchemaMismatch(this IExceptionContext context, string parameterName, string columnRole, string columnName)
        => context.Processed(new ArgumentOutOfRangeException(parameterName, $"Could not find {columnRole} column '{columnName}'"));

    public static ArgumentOutOfRangeException ExceptSchemaMismatch(
        this IExceptionContext context, string parameterName, string columnRole, string columnName, string expectedType, string actualType)
        => context.Processed(new ArgumentOutOfRangeException(
            parameterName, $"Schema mismatch for {columnRole} column '{columnName}': expected {expectedType}, got {actualType}"));

    private static TException Processed<TException>(this IExceptionContext context, TException exception)
        where TException : Exception
        => context == null ? Mark(exception) : context.Process(exception);
}
