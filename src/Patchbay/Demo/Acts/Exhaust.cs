using Patchbay.Demo.Props;
using Patchbay.Playing;

namespace Patchbay.Demo.Acts;

internal sealed class Exhaust : IAct
{
    public string Title => "Both providers keep failing; the hub gives up visibly, with every attempt on record";

    public async Task<Told> PlayAsync(Stage stage, CancellationToken cancellationToken)
    {
        var id = await Message.SendAsync(stage, "sms", "+491512220051", "You will not get this.", cancellationToken);
        stage.Say("waiting for the last attempt");
        var delivery = await stage.Api.DeliveryOfAsync(id, "exhausted", cancellationToken);
        Stage.Expect(delivery.Find("reason") == "attempts_used", $"It was given up because of '{delivery.Find("reason")}'.");
        await stage.Api.UntilAsync($"messages/{id}", "failed", cancellationToken);
        return new Told($"{delivery.Text("id")} is exhausted: {delivery.Text("reason")}") { Deliveries = [delivery] };
    }
}
