namespace Microsoft.ML.Runtime;

/// <summary>Sees every exception that is raised in its name.</summary>
public interface IExceptionContext
{
    string ContextDescription { get; }

    TException Process<TException>(TException ex)
        where TException : Exception;
}
