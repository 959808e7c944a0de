using Microsoft.ML.DeepClustering.Orleans.Workers;

namespace Microsoft.ML.DeepClustering.Orleans.Tests.Hosting;

/// <summary>The options of silos and callers, and a silo's folder.</summary>
[TestClass]
public sealed class WorkerOptionsTests
{
    [TestMethod]
    public void Options_OutOfRange_AreAllNamed()
    {
        var options = new DeepClusteringWorkerOptions { MaximumTrainings = 0, UploadInterval = TimeSpan.Zero, CacheFolder = "" };
        var fault = Assert.ThrowsExactly<ArgumentException>(options.Validate);
        Assert.AreEqual(
            "The options of AddDeepClusteringWorkers cannot be used. MaximumTrainings is 0; it must be 1 or more. UploadInterval is 00:00:00; it must be above 0 and at most a day. "
                + "CacheFolder is \"\"; it must be a folder, or null for one in the folder for temporary files.",
            fault.Message);
        new DeepClusteringWorkerOptions().Validate();
        new DeepClusteringWorkerOptions { UploadInterval = TimeSpan.FromDays(1) }.Validate();
        Assert.ThrowsExactly<ArgumentException>(new DeepClusteringWorkerOptions { UploadInterval = TimeSpan.MaxValue }.Validate);
    }

    [TestMethod]
    public void Storage_OfAnAddress_IsTheOneThatWasAddedOrAFolder()
    {
        var options = new DeepClusteringWorkerOptions();
        options.Storages.Add(new FolderRunStorage(Path.GetTempPath(), "trainings"));
        using var workers = new WorkerService(options);
        Assert.AreSame(options.Storages[0], workers.Open("trainings").Storage);
        Assert.IsInstanceOfType<FolderRunStorage>(workers.Open(new Uri(Path.GetTempPath()).AbsoluteUri).Storage);
        var fault = Assert.ThrowsExactly<InvalidOperationException>(() => workers.Open("s3://bucket"));
        Assert.AreEqual("The silo knows no storage of the address s3://bucket; add it to the Storages of AddDeepClusteringWorkers.", fault.Message);
    }

    [TestMethod]
    public void Folder_ThatCouldNotBeMadeOnce_IsMadeByTheNextRun()
    {
        var root = Directory.CreateTempSubdirectory("deep-clustering-worker-");
        try
        {
            var obstacle = Path.Combine(root.FullName, "cache");
            File.WriteAllText(obstacle, "");
            using var workers = new WorkerService(new() { CacheFolder = obstacle });
            StringAssert.Contains(Assert.ThrowsExactly<IOException>(() => workers.Folder).Message, $"The CacheFolder {obstacle} cannot be used");
            File.Delete(obstacle);
            var made = workers.Folder;
            Assert.IsTrue(Directory.Exists(made.Path));
            Assert.AreSame(made, workers.Folder);
        }
        finally
        {
            root.Delete(recursive: true);
        }
    }

    [TestMethod]
    public void Folder_OfASiloThatWasKilled_IsDeletedByTheNextAndOneOfALivingSiloIsNot()
    {
        var root = Directory.CreateTempSubdirectory("deep-clustering-worker-");
        try
        {
            // A process that was killed leaves its folder, and no lock.
            var killed = root.CreateSubdirectory(Guid.NewGuid().ToString("N"));
            using (var first = WorkerFolder.Create(root.FullName))
            {
                Assert.IsFalse(killed.Exists && Directory.Exists(killed.FullName));
                using var second = WorkerFolder.Create(root.FullName);
                Assert.IsTrue(Directory.Exists(first.Path));
                Assert.IsTrue(Directory.Exists(second.Path));
            }

            Assert.IsEmpty(root.GetFileSystemInfos());
        }
        finally
        {
            root.Delete(recursive: true);
        }
    }
}
