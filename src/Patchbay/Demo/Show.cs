using System.Globalization;
using System.Text.Json.Nodes;
using Patchbay.Demo.Acts;
using Patchbay.Demo.Props;
using Patchbay.Playing;
using Spectre.Console;

namespace Patchbay.Demo;

/// <summary>Plays the acts one after the other and shows how each went.</summary>
internal sealed class Show(IAnsiConsole screen, TimeProvider time)
{
    private static readonly IAct[] Acts =
    [
        new CreateTenant(), new ActivateProviders(), new SetRules(), new Pay(), new SendSms(), new SendWhatsApp(),
        new HonourRateLimit(), new RetryServerError(), new FallBack(), new RefundOnce(), new PayByCountry(), new PayOut(), new PayByLink(),
        new Reconcile(), new Exhaust(),
    ];

    /// <summary>False when an act did not end as told; those after it are not played.</summary>
    /// <param name="startedIn">How long hub and sandbox took to start.</param>
    public async Task<bool> RunAsync(Stage stage, ActProgress progress, TimeSpan startedIn, CancellationToken cancellationToken)
    {
        var spent = new List<(string On, TimeSpan Time)> { ("start of hub and sandbox", startedIn) };
        for (var i = 0; i < Acts.Length; i++)
        {
            var (act, actStarted) = (Acts[i], time.GetTimestamp());
            try
            {
                var told = await progress.WhileAsync(act.Title, () => act.PlayAsync(stage, cancellationToken));
                spent.Add((act.Title, time.GetElapsedTime(actStarted)));
                screen.MarkupLineInterpolated($"[green]✓[/] {i + 1,2}  {act.Title}  [grey]{Seconds(spent[^1].Time)}[/]");
                screen.MarkupLineInterpolated($"      [grey]{told.Ending}[/]");
                foreach (var delivery in told.Deliveries)
                    screen.Write(new Padder(AttemptsOf(delivery, stage)).Padding(6, 0, 0, 0));
            }
            catch (Exception exception) when (exception is Surprise or HttpRequestException)
            {
                screen.MarkupLineInterpolated($"[red]✗[/] {i + 1,2}  {act.Title}  [grey]{Seconds(time.GetElapsedTime(actStarted))}[/]");
                screen.MarkupLineInterpolated($"      [red]{exception.Message}[/]");
                return false;
            }
        }

        screen.WriteLine();
        screen.MarkupLineInterpolated($"[green]All {Acts.Length} steps ended as told.[/]");
        screen.Write(Times(spent));
        screen.Write(Books(stage));
        return true;
    }

    private static Table AttemptsOf(JsonNode delivery, Stage stage)
    {
        var table = new Table().Border(TableBorder.Simple)
            .AddColumns("attempt", "provider", "what", "outcome", "HTTP", "code", "started", "took");
        var first = default(DateTimeOffset?);
        foreach (var attempt in delivery.Attempts())
        {
            var at = DateTimeOffset.Parse(attempt.Text("started_at"), CultureInfo.InvariantCulture);
            first ??= at;
            table.AddRow(
                attempt.Text("number"), stage.ProviderOf(attempt.Text("integration_id")), attempt.Text("kind"),
                Coloured(attempt.Text("outcome")), attempt.Find("http_status") ?? "-", Markup.Escape(attempt.Find("provider_code") ?? "-"),
                string.Create(CultureInfo.InvariantCulture, $"+{(at - first.Value).TotalSeconds:0.00} s"),
                attempt.Text("duration_ms") + " ms");
        }

        return table;
    }

    private static Table Times(List<(string On, TimeSpan Time)> spent)
    {
        var total = TimeSpan.FromTicks(spent.Sum(part => part.Time.Ticks));
        var table = new Table().Border(TableBorder.Rounded).Title("Where the time went")
            .AddColumn("step", column => column.Footer("in total"))
            .AddColumn("time", column => column.Footer(Seconds(total)).RightAligned());
        foreach (var (on, taken) in spent)
            table.AddRow(Markup.Escape(on), Seconds(taken));
        return table;
    }

    /// <summary>What the providers really did, from the sandbox's own books.</summary>
    private static Table Books(Stage stage)
    {
        var table = new Table().Border(TableBorder.Rounded).Title("The providers' own books")
            .AddColumns("provider", "requests that count", "work done");
        foreach (var vendor in stage.Sandbox.Vendors)
        {
            var requests = Listed(("message requests", Requests("messages.create")), ("refund requests", Requests("refunds.create")));
            var done = Listed(
                ("charges", Done("charges")), ("refunds", Done("refunds")), ("payouts", Done("payouts")), ("messages", Done("messages")));
            if (requests.Length + done.Length > 0)
                table.AddRow(vendor, requests, done);

            long Requests(string operation) => stage.Sandbox.Ledger.Requests(vendor, operation);
            long Done(string work) => stage.Sandbox.Ledger.Done(vendor, work);
        }

        return table;
    }

    private static string Listed(params ReadOnlySpan<(string What, long Count)> counts)
    {
        var words = new List<string>();
        foreach (var (what, count) in counts)
        {
            if (count > 0)
                words.Add($"{count} {what}");
        }

        return string.Join(", ", words);
    }

    private static string Coloured(string outcome) => outcome switch
    {
        "ok" => "[green]ok[/]",
        "rejected" => "[red]rejected[/]",
        _ => $"[yellow]{Markup.Escape(outcome)}[/]",
    };

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture) + " s";
}
