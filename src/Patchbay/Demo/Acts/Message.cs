using System.Text.Json.Nodes;
using Patchbay.Demo.Props;
using Patchbay.Playing;

namespace Patchbay.Demo.Acts;

/// <summary>Sending, as several acts do it.</summary>
internal static class Message
{
    public static async Task<string> SendAsync(Stage stage, string channel, string to, string body, CancellationToken cancellationToken)
    {
        var message = await stage.Api.PostAsync(
            "messages", new JsonObject { ["channel"] = channel, ["to"] = to, ["body"] = body }, cancellationToken);
        return message.Text("id");
    }
}
