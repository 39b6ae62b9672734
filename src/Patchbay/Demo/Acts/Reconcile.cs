using System.Text.Json.Nodes;
using Patchbay.Demo.Props;
using Patchbay.Playing;

namespace Patchbay.Demo.Acts;

/// <summary>A bank tells nobody anything: its statement does.</summary>
internal sealed class Reconcile : IAct
{
    private const string Mapping =
        """{"date":"Date","amount":"Amount","fixed_currency":"EUR","narrative":"Text","entry_id":"Id"}""";

    public string Title => "A customer pays by bank transfer; the bank's statement is imported, and settles the payment";

    public async Task<Told> PlayAsync(Stage stage, CancellationToken cancellationToken)
    {
        var bank = await stage.Api.PostAsync(
            "integrations",
            new JsonObject
            {
                ["provider"] = "bank_transfer",
                ["credentials"] = new JsonObject { ["account_name"] = "Demo Ltd", ["iban"] = "DE89370400440532013000" },
            },
            cancellationToken);
        var account = (await stage.Api.UntilAsync($"integrations/{bank.Text("id")}", "active", cancellationToken)).Text("id");
        var payment = await stage.Api.PostAsync(
            "payments",
            new JsonObject
            {
                ["amount"] = "80.00", ["currency"] = "EUR", ["reference"] = $"transfer-{stage.Run}", ["integration_id"] = account,
            },
            cancellationToken, idempotencyKey: $"transfer-{stage.Run}");
        stage.Say("reading what the customer is told to write on the transfer");
        var asked = await stage.Api.UntilAsync($"payments/{payment.Text("id")}", "requires_action", cancellationToken);
        var reference = asked["next_action"]!["instructions"]!.Text("reference");

        var today = asked.Text("created_at")[..10];
        var statement = await stage.Api.UploadAsync(
            "reconciliation/statements",
            $"Date,Amount,Text,Id\n{today},80.00,Ann Example {reference},{stage.Run}-1\n{today},-4.50,Account fee,{stage.Run}-2\n",
            "statement.csv", new Dictionary<string, string> { ["mapping"] = Mapping, ["integration_id"] = account }, cancellationToken);
        var paid = await stage.Api.UntilAsync($"payments/{payment.Text("id")}", "succeeded", cancellationToken);
        var left = await stage.Api.GetAsync("reconciliation/entries?status=unmatched", cancellationToken);
        Stage.Expect(
            (statement.Text("matched"), statement.Text("unmatched")) == ("1", "1"),
            $"Of two entries {statement.Text("matched")} matched and {statement.Text("unmatched")} did not.");
        Stage.Expect(
            left["data"]![0]!.Text("narrative") == "Account fee", "What is left for a person is not the bank's fee.");
        return new Told($"{paid.Text("id")} succeeded by {reference}; the bank's fee waits for a person");
    }
}
