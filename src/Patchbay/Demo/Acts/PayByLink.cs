using System.Text.Json.Nodes;
using Patchbay.Demo.Props;
using Patchbay.Playing;

namespace Patchbay.Demo.Acts;

internal sealed class PayByLink : IAct
{
    public string Title => "A payment link is sent; its page leads to Stripe's, and the link is paid";

    public async Task<Told> PlayAsync(Stage stage, CancellationToken cancellationToken)
    {
        var link = await stage.Api.PostAsync(
            "payment-links",
            new JsonObject
            {
                ["amount"] = "35.00", ["currency"] = "EUR", ["reference"] = $"link-{stage.Run}", ["description"] = "Two tickets",
            },
            cancellationToken);
        stage.Say("opening the page and choosing to pay");
        await Customer.PayAsync(new Uri(link.Text("url")), cancellationToken);
        stage.Say("waiting for the customer to pay at Stripe");
        var paid = await stage.Api.UntilAsync($"payment-links/{link.Text("id")}", "paid", cancellationToken);
        return new Told($"{paid.Text("id")} paid");
    }
}
