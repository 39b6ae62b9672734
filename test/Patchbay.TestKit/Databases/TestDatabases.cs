using System.Reflection;
using Patchbay.Storage;

namespace Patchbay.TestKit;

/// <summary>
/// Makes a fresh database for each test. A template of each kind is migrated once and copied from then on. Derive from it to name the
/// schema, and make that an assembly fixture: <c>class HubDatabases() : TestDatabases(HubAssemblies.Schema)</c>.
/// </summary>
/// <param name="schema">Assemblies whose migrations make up the schema; none gives empty databases.</param>
public class TestDatabases(params IEnumerable<Assembly> schema) : IAsyncDisposable
{
    public const string Sqlite = "sqlite";
    public const string PostgreSql = "postgresql";

    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly Dictionary<string, string> _templates = [];
    private readonly List<string> _folders = [];

    public PostgresServer Server { get; init; } = new();

    /// <param name="kind"><c>sqlite</c> or <c>postgresql</c>.</param>
    public async Task<TestDatabase> CreateAsync(string kind, CancellationToken cancellationToken)
    {
        var template = await TemplateAsync(kind, cancellationToken);
        if (kind == PostgreSql)
        {
            var connectionString = await Server.CreateDatabaseAsync(template, cancellationToken);
            return new TestDatabase(Database.Open(connectionString), connectionString, () =>
                Server.DropDatabaseAsync(connectionString, CancellationToken.None));
        }

        var folder = Directory.CreateTempSubdirectory("patchbay-db-").FullName;
        var path = Path.Combine(folder, "patchbay.db");
        File.Copy(template, path);
        return new TestDatabase(Database.Open("sqlite:" + path), "sqlite:" + path, () => Delete(folder));
    }

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        _gate.Dispose();
        foreach (var folder in _folders)
            await Delete(folder);
        await Server.DisposeAsync();
    }

    private async Task<string> TemplateAsync(string kind, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (!_templates.TryGetValue(kind, out var template))
                _templates.Add(kind, template = await MigrateAsync(kind, cancellationToken));
            return template;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>A path for SQLite, a connection string for PostgreSQL. Nobody is connected to it any more.</summary>
    private async Task<string> MigrateAsync(string kind, CancellationToken cancellationToken)
    {
        string place;
        if (kind == PostgreSql)
        {
            place = await Server.CreateDatabaseAsync(null, cancellationToken);
        }
        else
        {
            var folder = Directory.CreateTempSubdirectory("patchbay-template-").FullName;
            _folders.Add(folder);
            place = Path.Combine(folder, "template.db");
        }

        await using var database = Database.Open(kind == PostgreSql ? place : "sqlite:" + place);
        if (schema.Any())
            await new Migrator(database, Migration.Load(kind, schema), TimeProvider.System).MigrateAsync(cancellationToken);
        else
            await (await database.ConnectAsync(cancellationToken)).DisposeAsync();
        return place;
    }

    private static Task Delete(string folder)
    {
        Directory.Delete(folder, recursive: true);
        return Task.CompletedTask;
    }
}
