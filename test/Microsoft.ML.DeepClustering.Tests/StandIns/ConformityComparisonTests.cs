namespace Microsoft.ML.DeepClustering.Tests.StandIns;

/// <summary>Shows that the comparison does see differences, on types of this file held against made-up lines.</summary>
[TestClass]
public sealed class ConformityComparisonTests
{
    private const string Here = "Microsoft.ML.DeepClustering.Tests.StandIns.ConformityComparisonTests+";
    private const string ListOfT = "System.Collections.Generic.List`1<T>";

    private static readonly string[] SampleLines =
    [
        "abstract class : System.Collections.Generic.List`1<T>, System.Collections.Generic.ICollection`1<T>, "
            + "System.Collections.Generic.IEnumerable`1<T>, System.Collections.Generic.IList`1<T>, System.Collections.Generic.IReadOnlyCollection`1<T>, "
            + "System.Collections.Generic.IReadOnlyList`1<T>, System.Collections.ICollection, System.Collections.IEnumerable, System.Collections.IList, "
            + "System.ICloneable",
        "protected .ctor(System.Nullable`1<System.Int32> seed = null)",
        "public const System.String Signature = Sample",
        "protected readonly System.Double[,] Table",
        "public static System.Collections.Generic.Dictionary`2<System.String, T[]> Shared",
        "public event System.EventHandler`1<System.EventArgs> Log",
        "public T Item[System.String name] { get; }",
        "public System.Int64 Batch { get; set; }",
        "public abstract System.Boolean MoveNext()",
        "public virtual System.Void Step(System.Double rate = 1E-08, System.String mode = \"min\", System.Boolean strict = True)",
        "public override System.String ToString()",
        "public System.Object Clone()",
        "public System.Boolean Equals(System.Object obj)",
        "public System.Int32 GetHashCode()",
        "public static TOut Map<TOut>(T input, ref System.Int32 count, out TOut result, params System.Object[] rest)",
        "public static System.String op_Implicit(" + Here + "Sample`1<T> value)",
        "protected virtual System.Void Dispose(System.Boolean disposing)",
    ];

    [TestMethod]
    public void Lines_OfSampleType_AreInTheRecordedFormat()
    {
        var lines = ConformityLines.MemberLines(typeof(Sample<>)).Prepend(ConformityLines.TypeLine(typeof(Sample<>))).ToList();

        CollectionAssert.AreEquivalent(SampleLines, lines, string.Join("\n", lines));
    }

    [TestMethod]
    public void Differences_SameLines_AreNone() => Assert.AreEqual("", Differences(SampleLines));

    [TestMethod]
    [DataRow("public abstract System.Boolean MoveNext()", "public virtual System.Boolean MoveNext()", "public abstract System.Boolean MoveNext()")]
    [DataRow("protected virtual System.Void Dispose(System.Boolean disposing)", "protected virtual System.Void Dispose(System.Boolean managed)", "disposing")]
    [DataRow("= 1E-08", "= 1E-07", "rate = 1E-08")]
    [DataRow("Signature = Sample", "Signature = Other", "Signature = Sample")]
    [DataRow("ref System.Int32 count", "out System.Int32 count", "ref System.Int32 count")]
    [DataRow("{ get; set; }", "{ get; }", "Batch { get; set; }")]
    [DataRow("public event", "protected event", "public event")]
    [DataRow("readonly System.Double[,]", "readonly System.Double[]", "Double[,] Table")]
    [DataRow("abstract class : ", "class : ", "declared as 'abstract class'")]
    [DataRow(ListOfT + ", ", "System.Object, ", "its base class is " + ListOfT)]
    [DataRow(", System.ICloneable", "", "implements System.ICloneable")]
    public void Differences_OneRealLineDiffers_NameTheStandInsOwn(string own, string real, string reported)
    {
        var changed = SampleLines.Select(line => line.Replace(own, real, StringComparison.Ordinal)).ToList();

        Assert.AreEqual(1, changed.Except(SampleLines).Count(), "the row changes one line");
        StringAssert.Contains(Differences(changed), reported);
    }

    [TestMethod]
    public void Differences_MemberUnknown_NearestOfSameNameIsShown()
    {
        var without = SampleLines.Select(l => l.Replace("Object Clone()", "Object Clone(System.Boolean deep)", StringComparison.Ordinal));

        StringAssert.Contains(Differences(without), "nearest: public System.Object Clone(System.Boolean deep)");
    }

    [TestMethod]
    public void Differences_RealAbstractMemberAbsent_IsReported()
        => StringAssert.Contains(
            Differences(SampleLines.Append("public abstract System.Void Reset()")), "lacks the abstract member public abstract System.Void Reset()");

    [TestMethod]
    public void Differences_TypeUnknown_NearestIsShown()
    {
        var api = ConformityApi.Parse([$"TorchSharp | {Here}Simple`1<T> | class", "TorchSharp | TorchSharp.Far | class"]);

        var difference = ConformityComparison.Differences("TorchSharp", [typeof(Sample<>)], api).Single();

        StringAssert.Contains(difference, $"no such type; nearest: {Here}Simple`1<T>");
    }

    [TestMethod]
    public void Differences_TypeInOtherAssembly_SaysWhich()
    {
        var api = ConformityApi.Parse([$"Microsoft.ML.Core | {Here}Sample`1<T> | class"]);

        var difference = ConformityComparison.Differences("Microsoft.ML.Data", [typeof(Sample<>)], api).Single();

        StringAssert.Contains(difference, "has this type in Microsoft.ML.Core");
    }

    [TestMethod]
    public void Parse_DefaultValueWithLineBreak_IsOneMember()
    {
        var api = ConformityApi.Parse(["TorchSharp | A | static class", "TorchSharp | A | public static System.Void F(System.String s = \"", "\")"]);

        Assert.AreEqual("public static System.Void F(System.String s = \"\n\")", api.Find("TorchSharp", "A")!.Members.Single());
    }

    private static string Differences(IEnumerable<string> realLines)
    {
        var api = ConformityApi.Parse(realLines.Select(line => $"TorchSharp | {Here}Sample`1<T> | {line}"));
        return string.Join("\n", ConformityComparison.Differences("TorchSharp", [typeof(Sample<>)], api));
    }

#pragma warning disable CS0067, CS0414, CS0649, CA2211, IDE0044, IDE0051, IDE0052, IDE0060 // A type to be looked at, not used.
    public abstract class Sample<T> : List<T>, ICloneable
    {
        public const string Signature = "Sample";
        public static Dictionary<string, T[]> Shared = [];
        protected readonly double[,] Table = new double[0, 0];
        internal int Hidden;
        private int _hidden;

        protected Sample(int? seed = null) => _hidden = seed ?? 0;

        private protected Sample(string hidden) => _hidden = hidden.Length;

        public event EventHandler<EventArgs>? Log;

        public long Batch { get; set; }

        internal int Internal { get; set; }

        public T this[string name] => this[name.Length];

        public static implicit operator string(Sample<T> value) => value.ToString();

        public static TOut Map<TOut>(T input, ref int count, out TOut result, params object[] rest) => result = (TOut)rest[0];

        public abstract bool MoveNext();

        public virtual void Step(double rate = 1e-8, string mode = "min", bool strict = true)
        {
        }

        public override string ToString() => Signature;

        public object Clone() => MemberwiseClone();

        public sealed override bool Equals(object? obj) => ReferenceEquals(this, obj);

        public sealed override int GetHashCode() => 0;

        protected virtual void Dispose(bool disposing)
        {
        }
    }
#pragma warning restore CS0067, CS0414, CS0649, CA2211, IDE0044, IDE0051, IDE0052, IDE0060
}
