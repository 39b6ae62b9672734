using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Patchbay.Hub.Affiliates.Imports;
using Patchbay.Platform.Api;
using Patchbay.Platform.Jobs;
using Patchbay.Storage;
using Patchbay.TestKit;

namespace Patchbay.Hub.Tests.Affiliates;

/// <summary>Files of leads, on either database.</summary>
[Trait("Takes", "long")]
public abstract class ImportContract(HubDatabases databases, string kind)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    private static readonly int Rows = TestForm.IsLong ? ImportReceiver.MaxRows : 6_000;

    [Fact]
    public async Task As_many_rows_as_may_be_are_taken_and_those_that_cannot_be_are_reported_by_line()
    {
        await using var portal = await Portal.OpenAsync(databases, kind);
        await portal.LeadAsync("taken", null, "cus_taken");
        await portal.LeadAsync("other", null, "cus_other");
        var file = new StringBuilder("affiliate_lead_id,affiliate_id,country,customer_id\r\n");
        for (var i = 2; i <= Rows + 1; i++)
        {
            file.Append(i switch
            {
                100 => "\"L,100\",portal-7,XX,cus_100",
                200 => "L200,portal-7,BR",
                300 => "L299,portal-7,BR,cus_300",
                400 => "L400,portal-7,BR,cus_other",
                500 => "\"L\"500,portal-7,BR,cus_500",
                600 => "taken,portal-7,,cus_taken",
                _ => $"L{i},portal-7,BR,cus_{i}",
            }).Append("\r\n");
        }

        var started = TimeProvider.System.GetTimestamp();
        var accepted = await ImportAsync(portal, file.ToString(), "valid");
        Assert.True((int)accepted.Status == 202, accepted.ToString());
        var import = await EndedAsync(portal, accepted.Text("id")!);
        TestContext.Current.SendDiagnosticMessage(
            $"{Rows} rows on {kind}: {TimeProvider.System.GetElapsedTime(started).TotalSeconds:0.0} s");

        Assert.Equal("done", import.Text("phase"));
        Assert.Equal((Rows, Rows - 6, 1, 5),
            (import["rows"].GetInt32(), import["imported"].GetInt32(), import["unchanged"].GetInt32(), import["refused"].GetInt32()));
        var refusals = (await portal.Api.GetJsonAsync($"/api/v1/affiliates/leads/imports/{accepted.Text("id")}/refusals?limit=3"));
        var rest = await portal.Api.GetJsonAsync(
            $"/api/v1/affiliates/leads/imports/{accepted.Text("id")}/refusals?cursor={refusals.Text("next_cursor")}");
        var reported = refusals["data"].EnumerateArray().Concat(rest["data"].EnumerateArray())
            .ToDictionary(row => row.GetProperty("line").GetInt32(), row => row.GetProperty("reason").GetString()!);
        Assert.Equal([100, 200, 300, 400, 500], reported.Keys);
        Assert.Equal(["country: ", "has 3 fie", "affiliate", "customer_", "has a quo"], reported.Values.Select(reason => reason[..9]));
        var job = await portal.Api.GetJsonAsync($"/api/v1/jobs/{accepted.Text("id")}");
        Assert.Equal(("done", Rows - 5, 5), (job.Text("status"), job["done"].GetInt32(), job["skipped"].GetInt32()));
        Assert.Equal(Rows - 4, await CountAsync(portal, "affiliate_leads"));
        Assert.Equal(Rows - 4, await CountAsync(portal, "affiliate_events"));
    }

    [Fact]
    public async Task A_character_that_no_database_keeps_is_refused_with_its_line_and_column()
    {
        await using var portal = await Portal.OpenAsync(databases, kind);

        var import = await ImportAsync(portal, "affiliate_id,affiliate_lead_id,customer_id\na,L1,cus_\u00001\na,L\u00002,cus_2\n");

        Assert.Equal("refused", import.Text("phase"));
        const string Why = "holds a character that cannot be kept: NUL or half a surrogate pair";
        var refusals = (await portal.Api.GetJsonAsync($"/api/v1/affiliates/leads/imports/{import.Text("id")}/refusals"))["data"];
        Assert.Equal([$"customer_id: {Why}", $"affiliate_lead_id: {Why}"],
            refusals.EnumerateArray().Select(row => row.GetProperty("reason").GetString()));
    }

    [Fact]
    public async Task Of_a_file_that_is_wanted_whole_nothing_is_imported_when_one_row_cannot_be()
    {
        await using var portal = await Portal.OpenAsync(databases, kind);
        await portal.LeadAsync("taken", null, "cus_taken");

        var inForm = await ImportAsync(portal, "affiliate_id,affiliate_lead_id,country\na,L1,BR\na,L2,Brazil\n");
        var inState = await ImportAsync(portal, "affiliate_id,affiliate_lead_id,customer_id\na,L1,cus_1\na,L2,cus_taken\n");
        var good = await ImportAsync(portal, "\uFEFF\"affiliate_id\",affiliate_lead_id,customer_id\na,L1,cus_1\n\na,\"L\"\"2\",\n");

        Assert.Equal("refused", inForm.Text("phase"));
        Assert.Equal("refused", (await EndedAsync(portal, inState.Text("id")!)).Text("phase"));
        Assert.Contains("nothing was imported", (await portal.Api.GetJsonAsync($"/api/v1/jobs/{inState.Text("id")}")).Text("error"),
            StringComparison.Ordinal);
        var done = await EndedAsync(portal, good.Text("id")!);
        Assert.Equal(("done", 2), (done.Text("phase"), done["imported"].GetInt32()));
        var names = (await portal.Api.GetJsonAsync("/api/v1/affiliates/leads"))["data"].EnumerateArray()
            .Select(lead => lead.GetProperty("affiliate_lead_id").GetString()).Order();
        Assert.Equal(["L\"2", "L1", "taken"], names);
    }

    [Fact]
    public async Task An_import_that_was_interrupted_goes_on_where_it_was()
    {
        await using var portal = await Portal.OpenAsync(databases, kind);
        var file = "affiliate_id,affiliate_lead_id\n" + string.Concat(Enumerable.Range(1, 1_200).Select(i => $"a,L{i}\n"));
        var id = (await ImportAsync(portal, file)).Text("id")!;
        await EndedAsync(portal, id);

        // As it was after the first pack of the second phase: the rest is lost, and the job due again.
        await portal.Database.ExecuteAsync(
            "DELETE FROM affiliate_leads WHERE tenant_id = @Tenant AND affiliate_lead_id NOT IN ('L1', 'L2')", new { portal.Tenant }, _ct);
        await portal.Database.ExecuteAsync(
            "UPDATE affiliate_imports SET phase = 'importing', imported = 500, ended_at = NULL WHERE tenant_id = @Tenant",
            new { portal.Tenant }, _ct);
        await portal.Database.ExecuteAsync(
            """
            UPDATE jobs SET status = 'running', done = 500, next_at = updated_at, position = (SELECT p.id FROM affiliate_import_packs AS p WHERE p.tenant_id = jobs.tenant_id ORDER BY p.id LIMIT 1)
             WHERE tenant_id = @Tenant
            """,
            new { portal.Tenant }, _ct);

        var import = await EndedAsync(portal, id);
        Assert.Equal(("done", 1_200), (import.Text("phase"), import["imported"].GetInt32()));
        Assert.Equal(702, await CountAsync(portal, "affiliate_leads"));
    }

    [Fact]
    public async Task A_step_that_two_nodes_take_is_done_by_one()
    {
        await using var portal = await Portal.OpenAsync(databases, kind);
        var id = (await ImportAsync(portal, "affiliate_id,affiliate_lead_id\na,L1\n", key: "import-1")).Text("id")!;
        await EndedAsync(portal, id);
        var job = (await portal.Database.FindAsync(
            "SELECT * FROM jobs WHERE tenant_id = @Tenant", new { portal.Tenant }, JobTable.Instance.Read, _ct))!;
        var seen = job with { NextAt = job.CreatedAt, Status = JobStatus.Running };
        var step = await portal.Host.Services.GetRequiredService<LeadImportJobs>().StepAsync(seen, _ct);

        Assert.Null(await portal.Host.Services.GetRequiredService<JobRunner<LeadImportJobs>>().CommitAsync(seen, step, _ct));

        var again = await ImportAsync(portal, "affiliate_id,affiliate_lead_id\na,L1\n", key: "import-1");
        Assert.Equal(id, again.Text("id"));
        Assert.Equal(1, await CountAsync(portal, "affiliate_leads"));
    }

    [Theory]
    [InlineData("affiliate_id,colour\na,b\n", "validation_failed")]
    [InlineData("affiliate_id\na\n", "validation_failed")]
    [InlineData("affiliate_id,affiliate_lead_id\n", "validation_failed")]
    [InlineData("", "validation_failed")]
    [InlineData("too many", "too_many_rows")]
    public async Task A_file_that_cannot_be_read_is_refused_whole(string file, string code)
    {
        await using var portal = await Portal.OpenAsync(databases, kind);
        var text = file == "too many" ? "affiliate_id,affiliate_lead_id\n"
            + string.Concat(Enumerable.Range(0, ImportReceiver.MaxRows + 1).Select(i => $"a,{i}\n")) : file;

        var reply = await ImportAsync(portal, text);

        Assert.Equal(code, reply.Text("code"));
        Assert.Equal(0, await CountAsync(portal, "affiliate_imports"));
    }

    private async Task<HubReply> ImportAsync(Portal portal, string file, string mode = "all", string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/affiliates/leads/import?mode={mode}")
        {
            Content = new StringContent(file, Encoding.UTF8, new MediaTypeHeaderValue("text/csv")),
        };
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        using var response = await portal.Api.SendAsync(request, _ct);
        return new HubReply(response.StatusCode,
            JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsByteArrayAsync(_ct), HubJson.Options), response.Headers);
    }

    private async Task<HubReply> EndedAsync(Portal portal, string id)
    {
        HubReply reply = null!;
        await Eventually.BecomesAsync(
            async () => (reply = await portal.Api.GetJsonAsync($"/api/v1/affiliates/leads/imports/{id}"))["ended_at"].ValueKind
                == JsonValueKind.String, Patience, _ct);
        return reply;
    }

    private async Task<long> CountAsync(Portal portal, string table) =>
        (await portal.Database.QueryAsync(
            $"SELECT count(*) AS count FROM {table} WHERE tenant_id = @Tenant", new { portal.Tenant }, row => row.Long("count"), _ct))[0];
}

public sealed class SqliteImportTests(HubDatabases databases) : ImportContract(databases, TestDatabases.Sqlite);

public sealed class PostgreSqlImportTests(HubDatabases databases) : ImportContract(databases, TestDatabases.PostgreSql);
