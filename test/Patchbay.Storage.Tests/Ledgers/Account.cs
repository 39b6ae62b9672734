namespace Patchbay.Storage.Tests.Ledgers;

public readonly record struct AccountId(Guid Value);

public sealed record Account(AccountId Id, string Name, long Balance);

public sealed class AccountTable : Table<AccountId, Account>
{
    public static readonly AccountTable Instance = new();

    private AccountTable()
        : base("accounts", account => account.Id)
    {
        Key("id", key => key.Value);
        Fixed("name", account => account.Name);
        Mutable("balance", account => account.Balance);
    }

    public override Account Read(Row row) => new(new AccountId(row.Guid("id")), row.Text("name"), row.Long("balance"));
}

/// <summary>What the tests do with accounts.</summary>
public static class Accounts
{
    public static Work<bool> Insert(params Account[] accounts) =>
        Work.Of(rows => Array.ForEach(accounts, account => rows.Insert(AccountTable.Instance, account)));

    /// <summary>Adds and returns the new balance; null when there is no such account.</summary>
    public static Work<long?> Add(AccountId id, long amount) => new(
        needs => needs.Row(AccountTable.Instance, id),
        rows =>
        {
            if (rows.Find(AccountTable.Instance, id) is not { } account)
                return null;
            rows.Update(AccountTable.Instance, account with { Balance = account.Balance + amount });
            return account.Balance + amount;
        });

    public static async Task<IReadOnlyList<(string Name, long Balance)>> ListAsync(
        this Database database, CancellationToken cancellationToken) =>
        await database.QueryAsync(
            "SELECT name, balance FROM accounts ORDER BY name", new { }, row => (row.Text("name"), row.Long("balance")), cancellationToken);
}
