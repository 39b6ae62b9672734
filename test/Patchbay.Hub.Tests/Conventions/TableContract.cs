using System.Collections;
using System.Reflection;
using Patchbay.Server.Composition;
using Patchbay.Storage;
using Patchbay.TestKit;

namespace Patchbay.Hub.Tests.Conventions;

/// <summary>Every table of the hub, found by being there: what is written to it comes back as it was, and what may change does.</summary>
public abstract class TableContract(HubDatabases databases, string kind)
{
    private static readonly ITable[] Tables = [.. HubAssemblies.Schema.SelectMany(assembly => assembly.GetTypes())
        .Where(type => type.IsAssignableTo(typeof(ITable)) && !type.IsAbstract)
        .Select(type => (ITable)type.GetField("Instance")!.GetValue(null)!)];

    private static readonly MethodInfo Check =
        typeof(TableContract).GetMethod(nameof(CheckAsync), BindingFlags.NonPublic | BindingFlags.Instance)!;

    private readonly SampleRows _samples = new();
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_row_comes_back_as_it_was_written_and_as_it_was_changed()
    {
        await using var database = await databases.CreateAsync(kind, _ct);
        await using var ledger = new Ledger(database.Database, TimeProvider.System);

        foreach (var table in Tables)
        {
            var types = table.GetType().BaseType!.GenericTypeArguments;
            await (Task)Check.MakeGenericMethod(types).Invoke(this, [table, database.Database, ledger])!;
        }

        Assert.True(Tables.Length >= 35);
    }

    private async Task CheckAsync<TKey, TRow>(Table<TKey, TRow> table, Database database, Ledger ledger)
        where TKey : struct, IEquatable<TKey>
        where TRow : class
    {
        var row = _samples.Row<TRow>();
        var key = table.KeyOf(row);
        await ledger.CommitAsync(new Work<TKey, TRow>(table, key, rows => rows.Insert(table, row)), _ct);
        Assert.Equal(Written(row), Written(await database.FindAsync(table, key, _ct)));
        if (typeof(TRow).GetCustomAttribute<LedgerTableAttribute>() is { OnlyInserted: true })
            return;

        var changed = Changed(row, _samples.Row<TRow>());
        Assert.NotEqual(Written(row), Written(changed));
        await ledger.CommitAsync(new Work<TKey, TRow>(table, key, rows => changed = rows.Update(table, changed)), _ct);
        Assert.Equal(Written(changed), Written(await database.FindAsync(table, key, _ct)));
    }

    /// <summary>Another row's values, but for what is only ever written once.</summary>
    private static TRow Changed<TRow>(TRow row, TRow other)
    {
        var parameters = typeof(TRow).GetConstructors().MaxBy(made => made.GetParameters().Length)!.GetParameters();
        foreach (var property in SampleRows.Stored(typeof(TRow)))
        {
            var parameter = parameters.FirstOrDefault(parameter => parameter.Name == property.Name);
            var attributes = (parameter ?? (ICustomAttributeProvider)property).GetCustomAttributes(false);
            if (attributes.Any(attribute => attribute is KeyAttribute or FixedAttribute or InsertOnlyAttribute or VersionAttribute))
                property.SetValue(other, property.GetValue(row));
        }

        return other;
    }

    /// <summary>Every stored value of a row, down to the parts of its parts.</summary>
    private static string Written(object? value) => value switch
    {
        null => "null",
        byte[] bytes => Convert.ToHexString(bytes),
        DateTimeOffset moment => moment.UtcDateTime.ToString("O"),
        string text => text,
        IEnumerable items => $"[{string.Join(", ", items.Cast<object>().Select(Written))}]",
        _ when value.GetType() is { IsClass: true } type && SampleRows.Stored(type).Any() => string.Join(
            "\n", SampleRows.Stored(type).Select(property => $"{type.Name}.{property.Name} = {Written(property.GetValue(value))}")),
        _ => value.ToString()!,
    };

    private sealed class Work<TKey, TRow>(Table<TKey, TRow> table, TKey key, Action<LedgerRows> decide) : LedgerWork<bool>
        where TKey : struct, IEquatable<TKey>
        where TRow : class
    {
        public override void Need(LedgerNeeds needs) => needs.Row(table, key);

        public override bool Decide(LedgerRows rows)
        {
            decide(rows);
            return true;
        }
    }
}

public sealed class SqliteTableTests(HubDatabases databases) : TableContract(databases, TestDatabases.Sqlite);

public sealed class PostgreSqlTableTests(HubDatabases databases) : TableContract(databases, TestDatabases.PostgreSql);
