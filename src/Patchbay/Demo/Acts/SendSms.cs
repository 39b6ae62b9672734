using Patchbay.Demo.Props;

namespace Patchbay.Demo.Acts;

internal sealed class SendSms : IAct
{
    public string Title => "An SMS goes out and its receipts come in";

    public async Task<Told> PlayAsync(Stage stage, CancellationToken cancellationToken)
    {
        var id = await Message.SendAsync(stage, "sms", "+491512223344", "Your order has shipped.", cancellationToken);
        stage.Say("waiting for the delivery receipt");
        await stage.Api.UntilAsync($"messages/{id}", "delivered", cancellationToken);
        return new Told($"{id} delivered");
    }
}
