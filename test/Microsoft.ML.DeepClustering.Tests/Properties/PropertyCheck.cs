using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;

namespace Microsoft.ML.DeepClustering.Tests.Properties;

/// <summary>Holds a property on cases that are drawn at random, the same at every run.</summary>
internal static class PropertyCheck
{
    public static void Holds<T>(Arbitrary<T> cases, Action<T> property, int count = 100)
    {
        var tried = 0;
        var config = Config.QuickThrowOnFailure.WithMaxTest(count).WithReplay(FSharpOption<Replay>.Some(new Replay(new Rnd(20240607, 1), null)));
        Check.One(config, Prop.ForAll(cases, (T value) =>
        {
            tried++;
            property(value);
        }));
        Assert.AreEqual(count, tried);
    }
}
