namespace Microsoft.ML.DeepClustering.Orleans;

/// <summary>How a silo makes the runs that it gets.</summary>
public sealed class DeepClusteringWorkerOptions
{
    /// <summary>
    /// How many runs are trained at a time, 1 or more; further ones wait. A run has the threads that its caller gave it, one by default: about
    /// one run a core. Default: 1.
    /// </summary>
    public int MaximumTrainings { get; set; } = 1;

    /// <summary>
    /// The folder for the data and checkpoints of the runs that are being made; each silo has a folder of its own in it, which it deletes when it stops, and
    /// which the next silo deletes when it was killed. Default: null, for one of this user in the folder for temporary files.
    /// </summary>
    public string? CacheFolder { get; set; }

    /// <summary>
    /// How often the storage gets the checkpoint of a run that is being trained, if there is a new one, above 0 and at most a day: a silo that is killed loses no more work
    /// than this and the caller's <see cref="RunExecutor.CheckpointPeriod"/>. Default: 5 s.
    /// </summary>
    public TimeSpan UploadInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// The storages that runs of this silo may use, found by their <see cref="RunStorage.Address"/>. A <c>file://</c> address that is not among them is
    /// opened as a folder. Default: none.
    /// </summary>
    public IList<RunStorage> Storages { get; } = [];

    /// <summary>Checks all options.</summary>
    /// <exception cref="ArgumentException">Some are out of range; the message has all faults.</exception>
    internal void Validate()
    {
        var faults = new List<string>();
        if (MaximumTrainings < 1)
            faults.Add($"{nameof(MaximumTrainings)} is {MaximumTrainings}; it must be 1 or more.");
        if (UploadInterval <= TimeSpan.Zero || UploadInterval > TimeSpan.FromDays(1))
            faults.Add($"{nameof(UploadInterval)} is {UploadInterval}; it must be above 0 and at most a day.");
        if (CacheFolder is "")
            faults.Add($"{nameof(CacheFolder)} is \"\"; it must be a folder, or null for one in the folder for temporary files.");
        if (faults.Count > 0)
            throw new ArgumentException($"The options of AddDeepClusteringWorkers cannot be used. {string.Join(" ", faults)}");
    }
}
