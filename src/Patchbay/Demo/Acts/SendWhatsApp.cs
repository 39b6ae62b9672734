using Patchbay.Demo.Props;

namespace Patchbay.Demo.Acts;

internal sealed class SendWhatsApp : IAct
{
    public string Title => "A WhatsApp message goes out through the same Twilio integration";

    public async Task<Told> PlayAsync(Stage stage, CancellationToken cancellationToken)
    {
        var id = await Message.SendAsync(stage, "whatsapp", "+491512223344", "Your courier is here.", cancellationToken);
        stage.Say("waiting for the read receipt");
        await stage.Api.UntilAsync($"messages/{id}", "read", cancellationToken);
        return new Told($"{id} read");
    }
}
