using Patchbay.Storage;

namespace Patchbay.Doctor;

/// <summary>The user may make and drop partitions, which only the owner of a table can.</summary>
internal sealed class OwnershipCheck(Database database) : ICheck
{
    public const string Name = "ownership";

    public async IAsyncEnumerable<Finding> RunAsync(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var foreign = await database.QueryAsync(
            """
            SELECT c.relname::text AS name, r.rolname::text AS owner
              FROM pg_class AS c JOIN pg_roles AS r ON r.oid = c.relowner
             WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p') AND NOT pg_has_role(c.relowner, 'USAGE')
             ORDER BY c.relname LIMIT 5
            """,
            new { }, row => (Table: row.Text("name"), Owner: row.Text("owner")), cancellationToken);
        yield return foreign.Count == 0
            ? Finding.Ok(Name, "the tables belong to this user")
            : Finding.Fault(
                Name, $"not owned by this user: {string.Join(", ", foreign.Select(table => $"{table.Table} ({table.Owner})"))}",
                "Partitions cannot be made ahead nor dropped: connect as the owner, or let it own them (REASSIGN OWNED BY ... TO ...).");
    }
}
