namespace Microsoft.ML.DeepClustering.Orleans;

/// <summary>
/// Where the data of trainings and the checkpoints of their runs lie: files with names, reached by the caller and by all silos. Messages between them
/// never carry data or models. <see cref="FolderRunStorage"/> is a folder; derive from this class to use a blob store.
/// </summary>
/// <remarks>
/// Names have lower-case letters, digits, <c>.</c> and <c>/</c>. All members may be called by many threads and processes at once. A fault should be one
/// sentence that names the storage, as an <see cref="IOException"/>: it reaches the caller of the training.
/// </remarks>
public abstract class RunStorage
{
    /// <summary>
    /// What names this storage in a cluster: a silo that gets a run opens the storage of this address: one of
    /// <see cref="DeepClusteringWorkerOptions.Storages"/>, or for <c>file://</c> the folder.
    /// </summary>
    public abstract string Address { get; }

    /// <summary>What messages call this storage: the address, unless derived classes say more.</summary>
    public override string ToString() => Address;

    /// <summary>Says whether there is a file of a name.</summary>
    /// <param name="name">The name.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="IOException">The storage cannot be reached.</exception>
    public abstract Task<bool> ExistsAsync(string name, CancellationToken cancellationToken);

    /// <summary>Stores a file. Whoever reads at the same time gets the older file or the new one, whole.</summary>
    /// <param name="name">The name; an older file of that name is replaced.</param>
    /// <param name="path">The local file, which stays.</param>
    /// <param name="cancellationToken">Ends the wait; nothing is stored then.</param>
    /// <exception cref="IOException">The storage is full or cannot be reached.</exception>
    public abstract Task StoreAsync(string name, string path, CancellationToken cancellationToken);

    /// <summary>Copies a file to this machine.</summary>
    /// <param name="name">The name.</param>
    /// <param name="path">The local file, which is replaced if it is there.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>False when there is no file of that name.</returns>
    /// <exception cref="IOException">The storage cannot be reached, or the local file cannot be written.</exception>
    public abstract Task<bool> FetchAsync(string name, string path, CancellationToken cancellationToken);

    /// <summary>Deletes a file; it may be missing.</summary>
    /// <param name="name">The name.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="IOException">The storage cannot be reached.</exception>
    public abstract Task DeleteAsync(string name, CancellationToken cancellationToken);
}
