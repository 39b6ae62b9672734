using System.Globalization;
using Patchbay.Demo.Props;
using Patchbay.Playing;

namespace Patchbay.Demo.Acts;

internal sealed class HonourRateLimit : IAct
{
    public string Title => "Twilio answers 429 with Retry-After: 1; the hub waits that second";

    public async Task<Told> PlayAsync(Stage stage, CancellationToken cancellationToken)
    {
        var id = await Message.SendAsync(stage, "sms", "+491512220029", "Your code is 482913.", cancellationToken);
        stage.Say("waiting for the second attempt");
        var delivery = await stage.Api.DeliveryOfAsync(id, "delivered", cancellationToken);
        var attempts = delivery.Attempts().ToList();
        Stage.Expect(
            attempts.Count == 2 && attempts[0].Find("http_status") == "429",
            "The first attempt was not answered with 429, or there was no second.");
        var waited = Time(attempts[1].Text("started_at")) - Time(attempts[0].Text("started_at"));
        Stage.Expect(waited >= TimeSpan.FromSeconds(1), $"The second attempt came after {waited.TotalSeconds:0.00} s already.");
        return new Told(
            $"sent at the second attempt, {waited.TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture)} s later")
        {
            Deliveries = [delivery],
        };
    }

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
