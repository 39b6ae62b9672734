using Patchbay.Demo.Props;
using Patchbay.Playing;

namespace Patchbay.Demo.Acts;

internal sealed class RetryServerError : IAct
{
    public string Title => "Twilio answers 500 once; the hub tries again";

    public async Task<Told> PlayAsync(Stage stage, CancellationToken cancellationToken)
    {
        const string body = "Your table is booked for eight.";
        const string to = "+491512220050";
        var id = await Message.SendAsync(stage, "sms", to, body, cancellationToken);
        stage.Say("waiting for the second attempt");
        var delivery = await stage.Api.DeliveryOfAsync(id, "delivered", cancellationToken);
        Stage.Expect(delivery.Attempts().First().Find("http_status") == "500", "The first attempt was not answered with 500.");
        Stage.Expect(stage.Sandbox.Ledger.MessagesTo(to, body) == 1, "The customer did not get exactly one message.");
        return new Told("one message at the customer's") { Deliveries = [delivery] };
    }
}
