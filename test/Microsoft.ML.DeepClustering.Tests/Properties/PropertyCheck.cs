using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;

namespace Microsoft.ML.DeepClustering.Tests.Properties;

/// <summary>Holds a property on a hundred cases that are the same at every run.</summary>
internal static class PropertyCheck
{
    public const int Cases = 100;

    public static void Holds<T>(Arbitrary<T> cases, Action<T> property)
    {
        var tried = 0;
        var config = Config.QuickThrowOnFailure.WithMaxTest(Cases).WithReplay(FSharpOption<Replay>.Some(new Replay(new Rnd(20240607, 1), null)));
        Check.One(config, Prop.ForAll(cases, (T value) =>
        {
            tried++;
            property(value);
        }));
        Assert.AreEqual(Cases, tried);
    }
}
