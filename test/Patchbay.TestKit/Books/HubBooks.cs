using System.Text.Json;
using Patchbay.Storage;

namespace Patchbay.TestKit;

/// <summary>Compares what the clients of one tenant were promised with the hub's own books. Each check adds what is wrong.</summary>
public sealed class HubBooks(
    HttpClient client, Database database, TenantId tenant, IReadOnlyCollection<LoadOperation> operations, List<string> faults)
{
    private const int Shown = 5;

    /// <summary>What is still on its way, in words; empty when everything has ended.</summary>
    public async Task<string> OpenAsync(CancellationToken cancellationToken) => string.Join(", ",
        from count in new[]
        {
            await CountAsync("deliveries",
                "status NOT IN ('delivered', 'exhausted', 'canceled') OR leased_by IS NOT NULL OR due_at IS NOT NULL", cancellationToken),
            await CountAsync("payments", "status IN ('pending', 'requires_action', 'processing')", cancellationToken),
            await CountAsync("refunds", "status = 'pending'", cancellationToken),
            await CountAsync("messages", "status = 'queued' AND provider_reference IS NULL", cancellationToken),
            await CountAsync("inbox", "next_at IS NOT NULL", cancellationToken),
            await DeadNodesAsync(cancellationToken),
        }
        where count.Length > 0
        select count);

    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        await ListsHaveEachOnceAsync(cancellationToken);
        await DeliveriesAsync(cancellationToken);
        await EventsAsync(cancellationToken);
        var audit = await client.GetJsonAsync("api/v1/audit/verify");
        if (!audit["ok"].GetBoolean())
            faults.Add($"The audit chain is broken: {audit}");
        await NoneAsync(
            "inbox entries that were not processed",
            "SELECT id AS name, status || ' ' || coalesce(detail, '') AS what FROM inbox WHERE tenant_id = @tenant AND status NOT IN "
                + "('processed', 'ignored')", cancellationToken);
    }

    /// <summary>
    /// Messages that the provider took and then told nothing more of: Twilio repeats a receipt once and then drops it, and the hub was away
    /// both times. Their status stays behind; nothing is lost.
    /// </summary>
    public async Task<int> WithoutReceiptAsync(CancellationToken cancellationToken) => (await database.QueryAsync(
        "SELECT count(*) AS many FROM messages WHERE tenant_id = @tenant AND status = 'queued' AND provider_reference IS NOT NULL",
        new { tenant }, row => row.Int("many"), cancellationToken))[0];

    public async Task<IReadOnlyList<(string What, int Count)>> AttemptsAsync(CancellationToken cancellationToken) =>
        await database.QueryAsync(
        "SELECT kind || ' ' || outcome || ' ' || coalesce(code, '') AS what, count(*) AS many FROM attempts WHERE tenant_id = @tenant "
            + "GROUP BY kind, outcome, code ORDER BY many DESC LIMIT 20",
        new { tenant }, row => (row.Text("what"), row.Int("many")), cancellationToken);

    /// <summary>Through the API, page by page, as a caller who counts would.</summary>
    private async Task ListsHaveEachOnceAsync(CancellationToken cancellationToken)
    {
        Compare(LoadKind.Payment, await ListAsync("api/v1/payments", "reference"));
        Compare(LoadKind.Sms, await ListAsync("api/v1/messages", "body"));
        var refunds = await database.QueryAsync(
            "SELECT id, reason FROM refunds WHERE tenant_id = @tenant", new { tenant },
            row => (Id: TypeId.Format("ref", row.Guid("id")), Key: row.Text("reason")), cancellationToken);
        Compare(LoadKind.Refund, refunds.Select(refund => (refund.Id.Split('_')[1], refund.Key)).ToList());
    }

    private void Compare(LoadKind kind, IReadOnlyList<(string Id, string Key)> listed)
    {
        var promised = operations.Where(operation => operation.Kind == kind)
            .ToDictionary(operation => operation.Key, operation => operation.Id?.Split('_')[1]);
        Add($"{kind}s that were accepted and are not in the list", promised.Keys.Except(listed.Select(entry => entry.Key)));
        Add($"{kind}s that nobody asked for", listed.Select(entry => entry.Key).Except(promised.Keys));
        Add($"{kind}s that are there more than once", listed.GroupBy(entry => entry.Key).Where(group => group.Count() > 1)
            .Select(group => group.Key));
        Add($"{kind}s with another id than the answer had",
            listed.Where(entry => promised.TryGetValue(entry.Key, out var id) && id != entry.Id).Select(entry => entry.Key));
    }

    private async Task<List<(string Id, string Key)>> ListAsync(string path, string key)
    {
        var all = new List<(string, string)>();
        string? cursor = "";
        while (cursor is not null)
        {
            var page = await client.GetJsonAsync($"{path}?limit=200{cursor}");
            foreach (var item in page["data"].EnumerateArray())
                all.Add((item.GetProperty("id").GetString()!.Split('_')[1], item.GetProperty(key).GetString()!));
            cursor = page["next_cursor"].ValueKind == JsonValueKind.Null ? null : "&cursor=" + page.Text("next_cursor");
        }

        return all;
    }

    private async Task DeliveriesAsync(CancellationToken cancellationToken)
    {
        await NoneAsync(
            "deliveries that did not go well",
            "SELECT id AS name, capability || ' ' || status || ' ' || coalesce(reason, '') || ' ' || coalesce(last_code, '') AS what FROM "
                + "deliveries WHERE tenant_id = @tenant AND status <> 'delivered'", cancellationToken);
        await NoneAsync(
            "deliveries whose attempts are not numbered 1, 2, 3 and so on",
            """
            SELECT d.id AS name, 'counted ' || d.attempt_count || ', written ' || count(a.number)
                || ', up to ' || coalesce(max(a.number), 0) AS what
              FROM deliveries AS d LEFT JOIN attempts AS a ON a.tenant_id = d.tenant_id AND a.delivery_id = d.id
             WHERE d.tenant_id = @tenant
             GROUP BY d.tenant_id, d.id, d.attempt_count
            HAVING count(a.number) <> d.attempt_count OR coalesce(min(a.number), 0) <> 1 OR coalesce(max(a.number), 0) <> d.attempt_count
            """, cancellationToken);
        await NoneAsync(
            "deliveries that are delivered though their last attempt did not go well",
            """
            SELECT d.id AS name, a.kind || ' ' || a.outcome AS what
              FROM deliveries AS d JOIN attempts AS a ON a.tenant_id = d.tenant_id AND a.delivery_id = d.id AND a.number = d.attempt_count
             WHERE d.tenant_id = @tenant AND d.status = 'delivered' AND a.outcome <> 'ok'
            """, cancellationToken);
        await NoneAsync(
            "payments, refunds and messages without their delivery",
            """
            SELECT id AS name, 'no delivery' AS what FROM
                (SELECT tenant_id, id FROM payments UNION ALL SELECT tenant_id, id FROM refunds
                 UNION ALL SELECT tenant_id, id FROM messages) AS s
             WHERE s.tenant_id = @tenant
               AND NOT EXISTS (SELECT 1 FROM deliveries AS d WHERE d.tenant_id = s.tenant_id AND d.subject_id = s.id)
            """, cancellationToken);
    }

    private async Task EventsAsync(CancellationToken cancellationToken)
    {
        var events = await database.QueryAsync(
            "SELECT subject, type, count(*) AS many FROM events WHERE tenant_id = @tenant GROUP BY subject, type", new { tenant },
            row => (Subject: row.Text("subject"), Type: row.Text("type"), Count: row.Int("many")), cancellationToken);
        Add("events that were written more than once", events.Where(one => one.Count > 1 && one.Type != "integration.status_changed")
            .Select(one => $"{one.Type} of {one.Subject}"));
        var told = events.Select(one => (one.Subject, one.Type)).ToHashSet();
        Add("payments without payment.succeeded", Ids(LoadKind.Payment).Where(id => !told.Contains((id, "payment.succeeded"))));
        Add("refunds without refund.succeeded", Ids(LoadKind.Refund).Where(id => !told.Contains((id, "refund.succeeded"))));
    }

    private IEnumerable<string> Ids(LoadKind kind) =>
        operations.Where(operation => operation.Kind == kind && operation.Id is not null).Select(operation => operation.Id!);

    private async Task<string> CountAsync(string table, string where, CancellationToken cancellationToken) =>
        Many(table, await database.QueryAsync(
        $"SELECT count(*) AS many FROM {table} WHERE tenant_id = @tenant AND ({where})", new { tenant }, row => row.Int("many"),
        cancellationToken));

    /// <summary>Of all tenants: dead nodes that may hold something still.</summary>
    private async Task<string> DeadNodesAsync(CancellationToken cancellationToken) => Many("nodes", await database.QueryAsync(
        "SELECT count(*) AS many FROM nodes WHERE dead_at IS NOT NULL", new { }, row => row.Int("many"), cancellationToken));

    private static string Many(string table, IReadOnlyList<int> count) => count[0] == 0 ? "" : $"{count[0]} {table}";

    private async Task NoneAsync(string what, string sql, CancellationToken cancellationToken) =>
        Add(what, await database.QueryAsync(sql, new { tenant }, row => $"{row.Guid("name")}: {row.Text("what")}", cancellationToken));

    private void Add(string what, IEnumerable<string> found)
    {
        var all = found.ToList();
        if (all.Count > 0)
            faults.Add($"{all.Count} {what}: {string.Join("; ", all.Take(Shown))}");
    }
}
