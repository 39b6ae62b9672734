using Patchbay.Demo.Props;
using Patchbay.Playing;
using Patchbay.Sandbox.Faults;

namespace Patchbay.Demo.Acts;

internal sealed class FallBack : IAct
{
    public string Title => "Twilio is down; Plivo takes over";

    public async Task<Told> PlayAsync(Stage stage, CancellationToken cancellationToken)
    {
        stage.Sandbox.Faults.Add(
            new SandboxFault(FaultKind.ServerError) { Provider = "twilio", Operation = "messages.create", Status = 503 });
        try
        {
            var id = await Message.SendAsync(stage, "sms", "+491512225566", "Your parcel arrives today.", cancellationToken);
            stage.Say("waiting for the fallback");
            var delivery = await stage.Api.DeliveryOfAsync(id, "delivered", cancellationToken);
            Stage.Expect(delivery.Text("integration_id") == stage.Integrations["plivo"], "It was not Plivo that sent it.");
            await stage.Api.UntilAsync($"messages/{id}", "delivered", cancellationToken);
            return new Told("sent and delivered by Plivo") { Deliveries = [delivery] };
        }
        finally
        {
            stage.Sandbox.Faults.Clear();
        }
    }
}
