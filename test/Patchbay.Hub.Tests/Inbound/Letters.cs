using Patchbay.Connectors.Contracts;
using Patchbay.Integrations.Inbound;
using Patchbay.Integrations.Integrations;
using Patchbay.Storage;

namespace Patchbay.Hub.Tests.Inbound;

public readonly record struct LetterKey(TenantId Tenant, string Reference);

/// <summary>What the webhooks of these tests are about: only ever moves forward.</summary>
/// <param name="Changes">How often something new was learnt.</param>
public sealed record Letter(TenantId Tenant, string Reference, int Rank, int Changes);

public sealed class LetterTable : Table<LetterKey, Letter>
{
    public const string Sql =
        "CREATE TABLE letters (tenant_id uuid NOT NULL, reference text NOT NULL, rank integer NOT NULL, changes integer NOT NULL, PRIMARY "
            + "KEY (tenant_id, reference))";

    public static readonly LetterTable Instance = new();

    private LetterTable()
        : base("letters", letter => new(letter.Tenant, letter.Reference))
    {
        Key("tenant_id", key => key.Tenant.Value);
        Key("reference", key => key.Reference);
        Mutable("rank", letter => letter.Rank);
        Mutable("changes", letter => letter.Changes);
    }

    public override Letter Read(Row row) => new(row.Id<TenantId>("tenant_id"), row.Text("reference"), row.Int("rank"), row.Int("changes"));
}

/// <summary>Takes messages and payments alike, by the hub's reference.</summary>
internal sealed class Letters(Database database, Letters.Pace? pace = null) : IProviderEventTarget
{
    public bool Handles(ProviderEvent providerEvent) => providerEvent is MessageEvent or PaymentEvent;

    public async Task<ISubjectUpdate?> FindAsync(Integration integration, ProviderEvent providerEvent, CancellationToken cancellationToken)
    {
        if (pace is not null)
            await pace(cancellationToken);
        var rank = providerEvent is MessageEvent message ? (int)message.State.Status : (int)((PaymentEvent)providerEvent).State.Status;
        return await FindAsync(integration.TenantId, providerEvent.HubReference ?? "", cancellationToken) is { } letter
            ? new Update(letter, rank) : null;
    }

    public Task<Letter?> FindAsync(TenantId tenant, string reference, CancellationToken cancellationToken) => database.FindAsync(
        "SELECT * FROM letters WHERE tenant_id = @tenant AND reference = @reference", new { tenant, reference }, LetterTable.Instance.Read,
        cancellationToken);

    /// <summary>What happens before a letter is looked for.</summary>
    public delegate Task Pace(CancellationToken cancellationToken);

    private sealed class Update(Letter found, int rank) : ISubjectUpdate
    {
        public string Subject => "let_" + found.Reference;

        public void Need(LedgerNeeds needs) => needs.Row(LetterTable.Instance, new(found.Tenant, found.Reference));

        public void Apply(LedgerRows rows, DateTimeOffset now)
        {
            var letter = rows.Find(LetterTable.Instance, new(found.Tenant, found.Reference))!;
            if (rank > letter.Rank)
                rows.Update(LetterTable.Instance, letter with { Rank = rank, Changes = letter.Changes + 1 });
        }
    }
}
