using static TorchSharp.torch;

namespace Microsoft.ML.DeepClustering.Tests.Torch;

/// <summary>The number of libtorch's threads is one thread's, and no other notices.</summary>
[TestClass]
[DoNotParallelize]
public sealed class ThreadCountTests
{
    [TestMethod]
    public void Dispose_TwoHolds_GivesBackStepByStep()
    {
        var before = get_num_threads();
        using (new ThreadCount(before + 1))
        {
            Assert.AreEqual(before + 1, get_num_threads());
            using (new ThreadCount(before + 2))
                Assert.AreEqual(before + 2, get_num_threads());
            Assert.AreEqual(before + 1, get_num_threads());
        }

        Assert.AreEqual(before, get_num_threads());
    }

    [TestMethod]
    public void Dispose_Twice_GivesBackOnce()
    {
        var before = get_num_threads();
        var count = new ThreadCount(before + 1);
        count.Dispose();
        using (new ThreadCount(before + 2))
        {
            count.Dispose();
            Assert.AreEqual(before + 2, get_num_threads());
        }
    }

    [TestMethod]
    public void ThreadCount_NoNumber_LeavesWhatIsSetMeanwhile()
    {
        var before = get_num_threads();
        using (new ThreadCount(null))
            set_num_threads(before + 1);
        Assert.AreEqual(before + 1, get_num_threads());
        set_num_threads(before);
    }

    [TestMethod]
    public void ThreadCount_NewThread_BeginsWithTheNumberOfBefore()
    {
        var before = OnThread(get_num_threads);
        using (new ThreadCount(before + 3))
            Assert.AreEqual(before, OnThread(get_num_threads), "while it holds");
        Assert.AreEqual(before, OnThread(get_num_threads), "afterwards");
    }

    [TestMethod]
    public void ThreadCount_ThreadThatRuns_KeepsItsNumber()
    {
        using var first = new Barrier(2);
        var seen = new List<int>();
        var thread = new Thread(() =>
        {
            set_num_threads(3);
            first.SignalAndWait();
            first.SignalAndWait();
            seen.Add(get_num_threads());
            first.SignalAndWait();
            first.SignalAndWait();
            seen.Add(get_num_threads());
        });
        var here = get_num_threads();
        thread.Start();
        first.SignalAndWait();
        using (new ThreadCount(here + 4))
        {
            first.SignalAndWait();
            first.SignalAndWait();
        }

        first.SignalAndWait();
        thread.Join();
        CollectionAssert.AreEqual(new[] { 3, 3 }, seen);
        Assert.AreEqual(here, get_num_threads());
        set_num_threads(here);
    }

    [TestMethod]
    public void ThreadCount_ManyThreadsAtOnce_LeaveTheProcessesNumber()
    {
        var before = OnThread(get_num_threads);
        for (var round = 0; round < 50; round++)
        {
            using var start = new Barrier(3);
            var threads = Enumerable.Range(0, 3).Select(i => new Thread(() =>
            {
                start.SignalAndWait();
                using var count = new ThreadCount(before + 1 + i);
            })).ToArray();
            Array.ForEach(threads, t => t.Start());
            Array.ForEach(threads, t => t.Join());
            Assert.AreEqual(before, OnThread(get_num_threads), $"round {round}");
        }
    }

    private static int OnThread(Func<int> work)
    {
        var result = 0;
        var thread = new Thread(() => result = work());
        thread.Start();
        thread.Join();
        return result;
    }
}
