using System.Globalization;
using System.Text.Json;
using Patchbay.Storage;

namespace Patchbay.Hub.Tests.Affiliates;

/// <summary>Adds up once more, from the deposits themselves and with other arithmetic, what was told of a lead, and compares.</summary>
internal static class FtdBooks
{
    public static async Task<IReadOnlyList<string>> FaultsAsync(
        Database database, TenantId tenant, string lead, decimal minimum, CancellationToken cancellationToken)
    {
        var told = await database.QueryAsync(
            "SELECT type, data FROM affiliate_events WHERE tenant_id = @tenant AND affiliate_lead_id = @lead ORDER BY seq LIMIT 1000",
            new { tenant, lead }, Read, cancellationToken);
        var withheld = await database.QueryAsync(
            "SELECT event AS type, data FROM affiliate_suppressions WHERE tenant_id = @tenant AND affiliate_lead_id = @lead ORDER BY id "
                + "LIMIT 1000", new { tenant, lead }, Read, cancellationToken);
        var feed =
            (await database.QueryAsync("SELECT type, data FROM events WHERE tenant_id = @tenant AND type LIKE 'lead.%' LIMIT 5000",
                new { tenant }, Read, cancellationToken))
            .Where(news => news.Data.GetProperty("affiliate_lead_id").GetString() == lead).ToList();
        var faults = TotalFaults(lead, minimum, told);
        if (withheld.Count > 0 && told[^1].Type != "lead.ftd")
            faults.Add($"{lead}: {withheld.Count} events were withheld without lead.ftd");
        if (!feed.Select(news => news.Type).Order().SequenceEqual(told.Select(news => news.Type).Order()))
            faults.Add($"{lead}: the feed tells something else than the portal");
        await CheckSumsAsync();
        return faults;

        async Task CheckSumsAsync()
        {
            var deposits = await database.QueryAsync(
                "SELECT amount, reversed, currency, rate FROM affiliate_deposits WHERE tenant_id = @tenant AND affiliate_lead_id = @lead "
                    + "LIMIT 1000", new { tenant, lead },
                row => (row.Long("amount") - row.Long("reversed")) / Minor(row.Text("currency"))
                    * decimal.Parse(row.Text("rate"), CultureInfo.InvariantCulture), cancellationToken);
            var news = told.Concat(withheld).ToList();
            var all = news.Sum(entry =>
                entry.Type switch { "lead.deposit" => Converted(entry.Data), "lead.deposit_reversed" => -Converted(entry.Data), _ => 0 });
            var row = await database.QueryAsync(
                "SELECT deposited FROM affiliate_leads WHERE tenant_id = @tenant AND affiliate_lead_id = @lead LIMIT 1",
                new { tenant, lead }, row => decimal.Parse(row.Text("deposited"), CultureInfo.InvariantCulture) / 1_000_000_000_000_000m,
                cancellationToken);
            if (deposits.Sum() != all || row[0] != all)
                faults.Add($"{lead}: deposits come to {deposits.Sum()}, news to {all}, the lead says {row[0]}");
            if (news.Count(entry => entry.Type == "lead.deposit") != deposits.Count)
                faults.Add($"{lead}: {deposits.Count} deposits, {news.Count(entry => entry.Type == "lead.deposit")} told or withheld");
        }
    }

    /// <summary>What was told in order: each deposit's total, and lead.ftd once, at the end, when the minimum is reached.</summary>
    private static List<string> TotalFaults(string lead, decimal minimum, IReadOnlyList<(string Type, JsonElement Data)> told)
    {
        var faults = new List<string>();
        var sum = 0m;
        var reached = false;
        for (var i = 0; i < told.Count; i++)
        {
            var (type, data) = told[i];
            if (type is "lead.deposit" or "lead.deposit_reversed")
            {
                sum += Converted(data) * (type == "lead.deposit" ? 1 : -1);
                if (Number(data.GetProperty("deposit"), "total") != sum)
                    faults.Add($"{lead}: {i} tells a total of {data.GetProperty("deposit").GetProperty("total")}, it is {sum}");
            }

            reached = type == "lead.deposit" && sum >= minimum;
            var ftd = i + 1 < told.Count && told[i + 1].Type == "lead.ftd";
            if (reached != ftd)
                faults.Add($"{lead}: after {i} ({type}) the sum is {sum} of {minimum}, and lead.ftd comes {(ftd ? "" : "not ")}next");
            if (type == "lead.ftd" && i + 1 < told.Count)
                faults.Add($"{lead}: {told.Count - i - 1} events after lead.ftd");
        }

        return faults;
    }

    private static decimal Converted(JsonElement news)
    {
        var deposit = news.GetProperty("deposit");
        return Number(deposit, "amount") * Number(deposit, "rate");
    }

    private static decimal Number(JsonElement element, string name) =>
        decimal.Parse(element.GetProperty(name).GetString()!, CultureInfo.InvariantCulture);

    private static decimal Minor(string currency) => currency switch { "JPY" => 1m, "KWD" => 1000m, _ => 100m };

    private static (string Type, JsonElement Data) Read(Row row) => (row.Text("type"), JsonElement.Parse(row.Text("data")));
}
