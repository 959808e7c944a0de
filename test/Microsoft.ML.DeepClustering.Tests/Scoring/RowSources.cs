using Microsoft.Data.Sqlite;
using Microsoft.ML.Data;
using Microsoft.ML.DeepClustering.Tests.Support;

namespace Microsoft.ML.DeepClustering.Tests.Scoring;

/// <summary>The ways in which a program may come by rows of <see cref="SourceRow"/>, each with something that a second reading would stumble over.</summary>
internal sealed class RowSources : IDisposable
{
    private const string Database = "Data Source=rows;Mode=Memory;Cache=Shared";

    private readonly MLContext _ml = new(seed: 1);
    private readonly Random _random = new(1);
    private int _files;
    private readonly TemporaryFolder _folder = new();
    // The database is there as long as a connection is.
    private readonly SqliteConnection _connection = new(Database);

    public RowSources() => All = new Dictionary<string, Func<IDataView>>
    {
        ["a list"] = () => View(SourceRow.Make()),
        ["an order drawn at each reading"] = Lazy,
        ["rows that can be read once"] = () => View(new RestrictedRows<SourceRow>(() => SourceRow.Make(), mostReadings: 1)),
        ["one open reader at a time"] = OneReader,
        ["Cache of an order drawn at each reading"] = () => _ml.Data.Cache(Lazy()),
        ["Cache of named columns of the same"] = () => _ml.Data.Cache(Lazy(), "Id", "Class", "Features"),
        ["Cache of one open reader"] = () => _ml.Data.Cache(OneReader()),
        ["Cache of named columns of one open reader"] = () => _ml.Data.Cache(OneReader(), "Id", "Class", "Features"),
        ["ShuffleRows"] = () => _ml.Data.ShuffleRows(View(SourceRow.Make()), seed: null),
        ["ShuffleRows of one open reader"] = () => _ml.Data.ShuffleRows(OneReader(), shuffleSource: false),
        ["ShuffleRows of Cache"] = () => _ml.Data.ShuffleRows(_ml.Data.Cache(View(SourceRow.Make()))),
        ["TakeRows of an order drawn at each reading"] = () => _ml.Data.TakeRows(Lazy(), 70),
        ["SkipRows of an order drawn at each reading"] = () => _ml.Data.SkipRows(Lazy(), 70),
        ["FilterRowsByColumn of an order drawn at each reading"] = () => _ml.Data.FilterRowsByColumn(Lazy(), "Id", 20, 120),
        ["a split of an order drawn at each reading"] = () => _ml.Data.TrainTestSplit(Lazy(), 0.3).TestSet,
        ["a text file"] = () => _ml.Data.LoadFromTextFile<SourceRow>(TextFile(), separatorChar: ','),
        ["a binary file"] = BinaryFile,
        ["a binary file, shuffled"] = () => _ml.Data.ShuffleRows(BinaryFile()),
        ["SQL without an order"] = Sql,
        ["no rows"] = () => View(SourceRow.Make(0)),
        ["one row"] = () => View(SourceRow.Make(1)),
        ["a row more than a batch"] = () => View(SourceRow.Make(128)),
        ["rows that another step maps"] = () => Map(Lazy()),
        ["rows of a queue"] = Queue,
    };

    /// <summary>By name.</summary>
    public IReadOnlyDictionary<string, Func<IDataView>> All { get; }

    public void Dispose()
    {
        _connection.Dispose();
        _folder.Dispose();
    }

    private IDataView View(IEnumerable<SourceRow> rows) => _ml.Data.LoadFromEnumerable(rows);

    private IDataView Lazy() => View(SourceRow.Make().OrderBy(_ => _random.Next()));

    private IDataView OneReader() => View(new RestrictedRows<SourceRow>(() => SourceRow.Make(), mostOpen: 1));

    // What is taken from it is not there a second time.
    private IDataView Queue()
    {
        var queue = new Queue<SourceRow>(SourceRow.Make());
        return View(Taken());

        IEnumerable<SourceRow> Taken()
        {
            while (queue.TryDequeue(out var row))
                yield return row;
        }
    }

    // A reader of a file may keep it open.
    private string NewFile() => _folder.File($"rows {_files++}");

    private string TextFile()
    {
        var path = NewFile();
        using var stream = File.Create(path);
        _ml.Data.SaveAsText(View(SourceRow.Make()), stream, ',', headerRow: false, schema: false);
        return path;
    }

    private IDataView BinaryFile()
    {
        var path = NewFile();
        using (var stream = File.Create(path))
            _ml.Data.SaveAsBinary(Lazy(), stream);
        return _ml.Data.LoadFromBinary(path);
    }

    private IDataView Map(IDataView rows)
    {
        var steps = _ml.Transforms.CopyColumns("Raw", "Features").Append(_ml.Transforms.Concatenate("Features", "Raw")).Append(_ml.Transforms.Text.NormalizeText("Text", "Class"));
        return steps.Fit(View(SourceRow.Make())).Transform(rows);
    }

    private IDataView Sql()
    {
        _connection.Open();
        Execute("DROP TABLE IF EXISTS Rows");
        Execute("CREATE TABLE Rows (Id REAL, Class TEXT, X REAL, Y REAL)");
        foreach (var row in SourceRow.Make())
            Execute(FormattableString.Invariant($"INSERT INTO Rows VALUES ({row.Id}, '{row.Class}', {row.Features[0]}, {row.Features[1]})"));
        var loader = _ml.Data.CreateDatabaseLoader<SqlRow>();
        var rows = loader.Load(new DatabaseSource(SqliteFactory.Instance, Database, "SELECT Id, Class, X, Y FROM Rows ORDER BY RANDOM()"));
        return _ml.Transforms.Concatenate("Features", "X", "Y").Fit(rows).Transform(rows);
    }

    private void Execute(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private sealed class SqlRow
    {
        public float Id { get; set; }

        public string Class { get; set; } = "";

        public float X { get; set; }

        public float Y { get; set; }
    }
}
