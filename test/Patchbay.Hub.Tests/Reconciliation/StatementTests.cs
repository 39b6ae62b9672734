using System.Text;
using System.Text.Json;
using Patchbay.Hub.Tests.Support;
using Patchbay.Platform.Api;
using Patchbay.TestKit;

namespace Patchbay.Hub.Tests.Reconciliation;

public abstract class StatementTests(HubDatabases databases, string kind) : IAsyncLifetime
{
    private static readonly object Mapping = new
    {
        date = "Date", amount = "Amount", fixed_currency = "EUR", narrative = "Text", entry_id = "Id", counterparty = "Who",
    };

    private static int s_count;

    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;
    private Shop _shop = null!;
    private string? _lynk;

    public async ValueTask InitializeAsync() => _shop = await Shop.OpenLentAsync(databases, kind, _ct);

    public ValueTask DisposeAsync() => _shop.DisposeAsync();

    [Fact]
    public async Task A_file_is_imported_once_and_its_entries_stand_for_what_they_name()
    {
        var paid = await PaidAsync("100.00", "ord-a1");
        var other = await PaidAsync("50.00", "ord-b1");
        var csv = Csv($"100.00,Transfer ORD-A1,1,Ada", "49.00,ord-b1,2,Bob", "-3.00,Charges,3,");

        var first = await ImportAsync(csv);
        var again = await ImportAsync(csv);
        var part = await ImportAsync(Csv("49.00,ord-b1,2,Bob", "7.00,new,4,"));

        Assert.Equal((201, 200, 201), ((int)first.Status, (int)again.Status, (int)part.Status));
        Assert.Equal(first.Text("id"), again.Text("id"));
        Assert.Equal((3, 0, 1, 2), Counts(first));
        Assert.Equal((1, 1, 0, 1), Counts(part));
        Assert.Equal(("imported", "csv", "2026-11-20"), (first.Text("status"), first.Text("format"), first.Text("first_day")));
        var entries = await EntriesAsync($"?statement_id={first.Text("id")}");
        var matched = entries.Single(entry => entry.Text("status") == "matched");
        Assert.Equal((paid, "exact reference and amount"), (matched.Text("payment_id"), matched.Text("reason")));
        var differs = entries.Single(entry => entry.Text("entry_id") == "2").GetProperty("suggestions")[0];
        Assert.Equal(other, differs.Text("payment_id"));
        Assert.Equal("reference but amount differs by 1.00 EUR", differs.GetProperty("reasons")[0].GetString());
        Assert.Contains("reconciliation.statement_imported", await _shop.EventsAsync(first.Text("id")!, _ct));
        Assert.Equal(["reconciliation.entry_matched"], await _shop.EventsAsync(matched.Text("id")!, _ct));
        Assert.Equal(2, (await _shop.Client.GetJsonAsync("/api/v1/reconciliation/statements"))["data"].GetArrayLength());
    }

    [Fact]
    public async Task The_same_file_sent_at_once_is_one_statement_and_a_payment_is_matched_once()
    {
        await PaidAsync("100.00", "ord-race");
        var csv = Csv([.. Enumerable.Range(0, 250).Select(number => $"1.00,line {number},{number},"), "100.00,ord-race,x,"]);

        var replies = await Task.WhenAll(
            ImportAsync(csv), ImportAsync(csv), ImportAsync(Csv("100.00,ord-race,y,")), ImportAsync(Csv("100.00,ord-race,z,")));

        Assert.Equal([200, 201], replies.Take(2).Select(reply => (int)reply.Status).Order());
        Assert.Equal(replies[0].Text("id"), replies[1].Text("id"));
        var statement = await _shop.Client.GetJsonAsync($"/api/v1/reconciliation/statements/{replies[0].Text("id")}");
        Assert.Equal(("imported", 251), (statement.Text("status"), statement["entries"].GetInt32()));
        Assert.Single(await EntriesAsync("?status=matched"));
    }

    [Fact]
    public async Task A_payment_that_is_settled_by_hand_is_settled_by_the_entry_that_names_it_and_by_no_other()
    {
        var (id, reference) = await StartByHandAsync("1500.00");
        var (other, otherReference) = await StartByHandAsync("20.00");
        var open = (await _shop.PayAsync("30.00", new { reference = "ord-open", integration_id = _shop.Stripe })).Text("id")!;

        var near = await ImportAsync(Csv($"1499.99,{reference},n1,"), more: new { fixed_currency = "JMD" });
        Assert.Equal(0, near["matched"].GetInt32());
        var exact = await ImportAsync(
            Csv($"1500.00,from Ada {reference},n2,", $"1500.00,{reference},n3,"), more: new { fixed_currency = "JMD" });
        Assert.Equal(1, exact["matched"].GetInt32());
        await ImportAsync(Csv("30.00,ord-open,n4,"));
        var unnamed = (await ImportAsync(Csv("20.00,no name,n5,", "19.00,no name,n6,", $"20.00,{otherReference} {reference},n7,"),
            more: new { fixed_currency = "JMD" })).Text("id");
        var entries = await EntriesAsync($"?statement_id={unnamed}");
        var less = await PostAsync(Named("n6"), "match", new { payment_id = other, reason = "by phone" });
        Assert.Equal("requires_action", (await PaymentAsync(other)).Text("status"));
        var matched = await PostAsync(Named("n5"), "match", new { payment_id = other, reason = "by phone" });

        var paid = await PaymentAsync(id);
        Assert.Equal(("succeeded", "1500.00"), (paid.Text("status"), paid.Text("captured")));
        Assert.Equal((409, 200), ((int)less.Status, (int)matched.Status));
        Assert.Contains("waits for 20.00 JMD", less.Text("detail"), StringComparison.Ordinal);
        Assert.Equal("succeeded", (await PaymentAsync(other)).Text("status"));
        Assert.Equal(1, (await _shop.EventsAsync(id, _ct)).Count(type => type == "payment.succeeded"));
        Assert.NotEqual("matched", (await EntriesAsync("")).Single(entry => entry.Text("entry_id") == "n3").Text("status"));
        var kept = (await EntriesAsync("")).Single(entry => entry.Text("entry_id") == "n4");
        Assert.Equal(open, kept.Text("payment_id"));   // matched, whatever its provider says of it; nothing was resolved
        Assert.DoesNotContain("payment.resolve", (await _shop.Client.GetJsonAsync("/api/v1/audit?limit=200")).ToString());

        string Named(string entry) => entries.Single(one => one.Text("entry_id") == entry).Text("id")!;
    }

    [Fact]
    public async Task Entries_to_which_the_bank_gave_one_reference_settle_a_payment_each()
    {
        var (first, one) = await StartByHandAsync("10.00");
        var (second, two) = await StartByHandAsync("10.00");
        var (third, _) = await StartByHandAsync("10.00");
        string[] lines =
        [
            ":20:S1", ":25:1234567", ":28C:1/1", ":60F:C261119JMD0,00",
            ":61:2611201120C10,00NTRFNONREF//BATCH1", $":86:{one}", ":61:2611201120C10,00NTRFNONREF//BATCH1", $":86:{two}",
            ":61:2611201120C10,00NTRFNONREF//BATCH1", ":86:from Ada", ":62F:C261120JMD30,00",
        ];

        var imported = await ImportAsync(string.Join("\r\n", lines) + "\r\n", mapped: false);
        Assert.Equal((201, 2), ((int)imported.Status, imported["matched"].GetInt32()));
        var left = (await EntriesAsync("?status=unmatched")).Single().Text("id")!;
        var matched = await PostAsync(left, "match", new { payment_id = third, reason = "Ada called" });

        Assert.Equal(200, (int)matched.Status);
        foreach (var payment in new[] { first, second, third })
            Assert.Equal("succeeded", (await PaymentAsync(payment)).Text("status"));
    }

    [Fact]
    public async Task A_word_that_may_be_in_any_text_leaves_the_money_to_a_person()
    {
        var (payment, _) = await StartByHandAsync("10.00", "Invoice");

        var imported = await ImportAsync(Csv("10.00,Invoice 4711,w1,"), more: new { fixed_currency = "JMD" });

        Assert.Equal((201, 0), ((int)imported.Status, imported["matched"].GetInt32()));
        var entry = Assert.Single(await EntriesAsync("?status=unmatched"));
        Assert.Equal(payment, Assert.Single(entry.GetProperty("suggestions").EnumerateArray()).Text("payment_id"));
        Assert.Equal("requires_action", (await PaymentAsync(payment)).Text("status"));
    }

    [Fact]
    public async Task People_match_unmatch_and_ignore_with_a_reason_and_in_the_right_state()
    {
        var payment = await PaidAsync("100.00", "ord-p1");
        await ImportAsync(Csv("99.00,unknown,p1,", "5.00,other,p2,", "-1.00,charges,p3,"));
        var entries = (await EntriesAsync("")).ToDictionary(entry => entry.Text("entry_id")!, entry => entry.Text("id")!);

        var bare = await PostAsync(entries["p1"], "match", new { payment_id = payment });
        var none = await PostAsync(entries["p1"], "match", new { reason = "r" });
        var wrong = await PostAsync(entries["p3"], "match", new { payment_id = payment, reason = "r" });
        var matched = await PostAsync(entries["p1"], "match", new { payment_id = payment, reason = "the bank kept a euro" });
        var twice = await PostAsync(entries["p1"], "match", new { payment_id = payment, reason = "r" });
        var second = await PostAsync(entries["p2"], "match", new { payment_id = payment, reason = "r" });
        var ignoredMatched = await PostAsync(entries["p1"], "ignore", new { reason = "r" });
        var unmatched = await PostAsync(entries["p1"], "unmatch", new { reason = "it was wrong" });
        var twiceUnmatched = await PostAsync(entries["p1"], "unmatch", new { reason = "r" });
        var now = await PostAsync(entries["p2"], "match", new { payment_id = payment, reason = "r" });
        var ignored = await PostAsync(entries["p3"], "ignore", new { reason = "Charges" });
        var ignoredTwice = await PostAsync(entries["p3"], "ignore", new { reason = "Charges" });

        Assert.Equal((422, 422, 422), ((int)bare.Status, (int)none.Status, (int)wrong.Status));
        Assert.Equal("cannot be what an outgoing entry stands for", wrong["errors.payment_id"][0].GetString());
        Assert.Equal(("matched", payment), (matched.Text("status"), matched.Text("payment_id")));
        Assert.Equal(
            ("wrong_status", "already_matched", "wrong_status", "wrong_status", "wrong_status"),
            (twice.Text("code"), second.Text("code"), ignoredMatched.Text("code"), twiceUnmatched.Text("code"), ignoredTwice.Text("code")));
        Assert.Equal(("unmatched", null), (unmatched.Text("status"), unmatched.Text("payment_id")));
        Assert.Equal(("matched", "ignored"), (now.Text("status"), ignored.Text("status")));
        var audit = (await _shop.Client.GetJsonAsync("/api/v1/audit?limit=200")).ToString();
        Assert.All(["statement_entry.match", "statement_entry.unmatch", "statement_entry.ignore", "the bank kept a euro"],
            word => Assert.Contains(word, audit, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Refunds_and_payouts_are_what_goes_out()
    {
        var payment = await PaidAsync("100.00", "ord-r1");
        var refund = await _shop.Client.PostJsonAsync($"/api/v1/payments/{payment}/refunds", new { amount = "10.00" }, $"r-{++s_count}");
        await _shop.BecomesAsync($"/api/v1/refunds/{refund.Text("id")}", "succeeded");
        var name = (await _shop.Client.GetJsonAsync($"/api/v1/refunds/{refund.Text("id")}")).Text("provider_reference")!;

        var bank = await ImportAsync(Csv($"-10.00,{refund.Text("id")!.ToUpperInvariant().Replace('_', ' ')},o1,", "10.00,ord-r1,o2,"));
        Assert.Equal(1, bank["matched"].GetInt32());
        var entry = (await EntriesAsync("?direction=outgoing")).Single();
        Assert.Equal(refund.Text("id"), entry.Text("refund_id"));
        await PostAsync(entry.Text("id")!, "unmatch", new { reason = "to see it in the settlement" });

        var provider = (await PaymentAsync(payment)).Text("provider_reference");
        var settlement = await ImportAsync(
            $"When,Name,Gross,Fee\n2026-11-20,{name},-10.00,0.00\n2026-11-20,{provider},100.00,2.90\n",
            new { date = "When", provider_reference = "Name", gross = "Gross", fee = "Fee", fixed_currency = "EUR" },
            integration: _shop.Stripe);
        Assert.Equal(("settlement", 2), (settlement.Text("format"), settlement["matched"].GetInt32()));
    }

    [Fact]
    public async Task What_cannot_be_imported_is_refused_by_field_and_changes_nothing()
    {
        var line = await ImportAsync(Csv("1.00,good,1,", "one,bad,2,"));
        var mapping = await ImportAsync(Csv("1.00,x,1,"), new { date = "Day", amount = "Amount", fixed_currency = "EUR" });
        var unknown = await ImportAsync(Csv("1.00,x,1,"), new { dat = "Date" });
        var account = await ImportAsync(Csv("1.00,x,1,"), integration: "int_01kanwzq3se8fbx0t2d7j4m9rk");
        var large = await ImportAsync(new string('x', 6 * 1024 * 1024));
        using var json = new HttpRequestMessage(HttpMethod.Post, "/api/v1/reconciliation/statements");
        json.Content = new StringContent("{}", Encoding.UTF8, "application/json");
        using var other = await _shop.Client.SendAsync(json, _ct);
        using var cut = new HttpRequestMessage(HttpMethod.Post, "/api/v1/reconciliation/statements");
        cut.Content = new StringContent("--b\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\nDate", Encoding.UTF8);
        cut.Content.Headers.Remove("Content-Type");
        cut.Content.Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; boundary=b");
        using var broken = await _shop.Client.SendAsync(cut, _ct);

        Assert.StartsWith("line 3: amount 'one'", line["errors.file"][0].GetString(), StringComparison.Ordinal);
        Assert.StartsWith("there is no column 'Day'", Fault(mapping, "mapping.date"), StringComparison.Ordinal);
        Assert.StartsWith("is not a field", Fault(unknown, "mapping.dat"), StringComparison.Ordinal);
        Assert.StartsWith("is no integration", Fault(account, "integration_id"), StringComparison.Ordinal);
        Assert.Equal((413, 415, 400), ((int)large.Status, (int)other.StatusCode, (int)broken.StatusCode));
        Assert.Empty(await EntriesAsync(""));
        Assert.Equal(0, (await _shop.Client.GetJsonAsync("/api/v1/reconciliation/statements"))["data"].GetArrayLength());
    }

    [Fact]
    public async Task The_same_key_with_another_file_changes_nothing_and_with_the_same_one_is_answered_again()
    {
        var first = await ImportAsync(Csv("1.00,a,k1,"), key: "k");
        var again = await ImportAsync(Csv("1.00,a,k1,"), key: "k");
        var other = await ImportAsync(Csv("1.00,b,k2,"), key: "k");

        Assert.Equal((201, 201, 422), ((int)first.Status, (int)again.Status, (int)other.Status));
        Assert.Equal("idempotency_key_reused", other.Text("code"));
        Assert.Single(await EntriesAsync(""));
    }

    [Fact]
    public async Task The_report_shows_what_differs_and_what_it_shows_is_assigned()
    {
        await PaidAsync("11.00", "ord-missing");
        var matched = await PaidAsync("12.00", "ord-fine");
        var less = await PaidAsync("13.00", "ord-less");
        var late = await PaidAsync("14.00", "ord-late", "INV-LATE");
        await _shop.Client.PostJsonAsync("/api/v1/invoices", new { external_id = "INV-LATE", currency = "EUR", total = "14.00" });
        var (open, reference) = await StartByHandAsync("15.00");
        await ImportAsync(Today(
            "12.00,ord-fine,t1,", "12.00,ord-fine,t2,", "12.50,ord-less,t3,", "14.00,ord-late,t4,", "77.00,nobody,t5,"));
        await ImportAsync(Today($"14.00,{reference},t6,"), more: new { fixed_currency = "JMD" });

        var report = await ReportAsync("");
        var rows = report["data"].EnumerateArray().ToDictionary(
            row => (
                row.Text("kind")!,
                row.Text("subject_id")!.StartsWith("ste_", StringComparison.Ordinal) ? "entry" : row.Text("subject_id")!),
            row => row);

        Assert.Equal(6, rows.Count);
        Assert.Equal("0.50", rows[("amount_differs", less)].Text("amount"));
        Assert.Equal(("13.00", "12.50"), (
            rows[("amount_differs", less)].Text("hub_amount"), rows[("amount_differs", less)].Text("provider_amount")));
        Assert.Equal("14.00", rows[("missing_in_business", late)].Text("amount"));
        Assert.Equal(("14.00", "JMD"), (rows[("status_differs", open)].Text("amount"), rows[("status_differs", open)].Text("currency")));
        Assert.Equal("12.00", rows[("duplicate", matched)].Text("amount"));
        Assert.Equal("77.00", rows[("missing_in_hub", "entry")].Text("amount"));
        var summary = report["summary"].EnumerateArray().Single(line => line.Text("kind") == "missing_at_provider");
        Assert.Equal((1, "11.00", "EUR"), (summary.GetProperty("count").GetInt32(), summary.Text("amount"), summary.Text("currency")));
        Assert.Equal(["1", "0", "0", "0"], summary.GetProperty("ages").EnumerateArray().Select(age => age.GetProperty("count").ToString()));

        var id = rows[("amount_differs", less)].Text("id");
        var assigned = await _shop.Client.PostJsonAsync($"/api/v1/reconciliation/report/{id}/assign", new { assignee = "ann" });
        var nobody = await _shop.Client.PostJsonAsync(
            "/api/v1/reconciliation/report/rrw_01kanx0fv9e5vbr9b7xw6n4c2m/assign", new { assignee = "ann" });
        Assert.Equal((200, 404), ((int)assigned.Status, (int)nobody.Status));
        Assert.Equal("ann", (await ReportAsync("&kind=amount_differs"))["data"][0].Text("assignee"));
        await PagesAsync(rows.Count);
        Assert.Equal(0, (await ReportAsync("&to=2026-01-02&from=2026-01-01"))["data"].GetArrayLength());
        Assert.Equal(422, (int)(await ReportAsync("&from=2026-01-01&to=2026-11-01")).Status);
    }

    private async Task PagesAsync(int count)
    {
        var (seen, cursor) = (new List<string>(), "");
        do
        {
            var page = await ReportAsync("&limit=2" + cursor);
            seen.AddRange(page["data"].EnumerateArray().Select(row => row.Text("id")!));
            cursor = page.Text("next_cursor") is { } next ? "&cursor=" + next : "";
        }
        while (cursor.Length > 0);
        Assert.Equal(count, seen.Distinct().Count());
        Assert.Equal(count, seen.Count);
    }

    private Task<HubReply> ReportAsync(string query) => _shop.Client.GetJsonAsync(
        "/api/v1/reconciliation/report?" + query.TrimStart('&'));

    private static (int, int, int, int) Counts(HubReply statement) => (
        statement["entries"].GetInt32(), statement["known"].GetInt32(), statement["matched"].GetInt32(), statement["unmatched"].GetInt32());

    private static string? Fault(HubReply reply, string field) =>
        reply["errors"].EnumerateObject().Single(one => one.Name == field).Value[0].GetString();

    private static string Csv(params string[] lines) =>
        "Date,Amount,Text,Id,Who\n" + string.Concat(lines.Select(line => $"2026-11-20,{line}\n"));

    private static string Today(params string[] lines) => "Date,Amount,Text,Id,Who\n" + string.Concat(
        lines.Select(line => $"{TimeProvider.System.GetUtcNow():yyyy-MM-dd},{line}\n"));

    private Task<HubReply> PaymentAsync(string id) => _shop.Client.GetJsonAsync($"/api/v1/payments/{id}");

    private Task<HubReply> PostAsync(string entry, string what, object body) =>
        _shop.Client.PostJsonAsync($"/api/v1/reconciliation/entries/{entry}/{what}", body);

    private async Task<List<JsonElement>> EntriesAsync(string query) =>
        [.. (await _shop.Client.GetJsonAsync($"/api/v1/reconciliation/entries{query}"))["data"].EnumerateArray()];

    private async Task<string> PaidAsync(string amount, string reference, string? invoice = null)
    {
        var id = (await _shop.PayAsync(amount, new { reference, invoice_id = invoice })).Text("id")!;
        await _shop.BecomesAsync($"/api/v1/payments/{id}", "succeeded");
        return id;
    }

    private async Task<(string Id, string Reference)> StartByHandAsync(string amount, string? named = null)
    {
        _lynk ??= await _shop.AddAsync(new
        {
            provider = "lynk", mode = "sandbox", credentials = new { merchant_name = "Shop", lynk_handle = "@shop", qr_text = "lynk:shop" },
        });
        var reference = named ?? $"by-hand-{++s_count}";
        var made = await _shop.PayAsync(amount, new { currency = "JMD", integration_id = _lynk, reference });
        var id = made.Text("id")!;
        return (id, (await _shop.BecomesAsync($"/api/v1/payments/{id}", "requires_action")).Text("provider_reference")!);
    }

    private async Task<HubReply> ImportAsync(
        string file, object? mapping = null, string? integration = null, object? more = null, string? key = null,
        bool mapped = true)
    {
        var map = JsonSerializer.SerializeToNode(mapping ?? Mapping)!.AsObject();
        foreach (var (name, value) in JsonSerializer.SerializeToNode(more ?? new { })!.AsObject())
            map[name] = value?.DeepClone();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/reconciliation/statements");
        var form = new MultipartFormDataContent { { new ByteArrayContent(Encoding.UTF8.GetBytes(file)), "file", "bank.csv" } };
        if (mapped)
            form.Add(new StringContent(map.ToJsonString()), "mapping");
        if (integration is not null)
            form.Add(new StringContent(integration), "integration_id");
        request.Content = form;
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        using var response = await _shop.Client.SendAsync(request, _ct);
        return new HubReply(
            response.StatusCode,
            JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsByteArrayAsync(_ct), HubJson.Options), response.Headers);
    }
}

public sealed class SqliteStatementTests(HubDatabases databases) : StatementTests(databases, TestDatabases.Sqlite);

public sealed class PostgreSqlStatementTests(HubDatabases databases) : StatementTests(databases, TestDatabases.PostgreSql);
