using System.Net;
using Microsoft.ML.DeepClustering.Orleans.Calls;

namespace Microsoft.ML.DeepClustering.Orleans.Tests;

/// <summary>The places that a caller takes on silos, of one run each.</summary>
[TestClass]
public sealed class SiloSlotsTests
{
    private static readonly SiloAddress First = SiloAddress.New(IPAddress.Loopback, 1, 1);
    private static readonly SiloAddress Second = SiloAddress.New(IPAddress.Loopback, 2, 1);

    private readonly SiloSlots _slots = new(() => Task.FromResult(new[] { First, Second }));
    private readonly Outage _outage = new(TimeSpan.FromMinutes(1), fault => fault);

    [TestMethod]
    public async Task TryTakeFree_RunThatWaits_GoesToTheFreeSilo()
    {
        var silo = await _slots.TakeAsync(_outage, CancellationToken.None);
        var free = await _slots.TryTakeFreeAsync(silo, 0, CancellationToken.None);
        Assert.AreEqual(silo == First ? Second : First, free);
        // Its place is given back.
        Assert.AreEqual(silo, await _slots.TakeAsync(_outage, CancellationToken.None));
    }

    [TestMethod]
    public async Task TryTakeFree_RunThatHadToWaitOnBothSilos_StaysInItsQueue()
    {
        var silo = await _slots.TakeAsync(_outage, CancellationToken.None);
        var other = (await _slots.TryTakeFreeAsync(silo, 0, CancellationToken.None))!;
        // Another caller fills both; back and forth the run would lose its place in each queue.
        Assert.IsNull(await _slots.TryTakeFreeAsync(other, 1, CancellationToken.None));
        Assert.IsNull(await _slots.TryTakeFreeAsync(other, 1, CancellationToken.None));
        // A new run may still wait there.
        Assert.AreEqual(silo, await _slots.TakeAsync(_outage, CancellationToken.None));
    }

    [TestMethod]
    public void HoldAfter_EachMove_DoublesUpToDays()
    {
        Assert.AreEqual(TimeSpan.FromSeconds(30), SiloSlots.HoldAfter(0));
        Assert.AreEqual(TimeSpan.FromMinutes(2), SiloSlots.HoldAfter(2));
        Assert.IsGreaterThan(TimeSpan.FromDays(7), SiloSlots.HoldAfter(int.MaxValue));
    }
}
