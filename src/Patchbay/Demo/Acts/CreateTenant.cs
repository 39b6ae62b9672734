using System.Text.Json.Nodes;
using Patchbay.Demo.Props;
using Patchbay.Playing;

namespace Patchbay.Demo.Acts;

internal sealed class CreateTenant : IAct
{
    public string Title => "A tenant is created, with its first API key, and with that one for sandbox mode";

    public async Task<Told> PlayAsync(Stage stage, CancellationToken cancellationToken)
    {
        var tenant = await stage.Platform.PostAsync("tenants", new JsonObject { ["name"] = $"demo-{stage.Run}" }, cancellationToken);
        var key = tenant["api_key"] ?? throw new Surprise("The tenant came without its first key.");
        stage.UseKey(key.Text("secret"));
        var test = await stage.Api.PostAsync(
            "api-keys", new JsonObject { ["name"] = "demo", ["mode"] = "test", ["permissions"] = new JsonArray("*") }, cancellationToken);
        stage.UseKey(test.Text("secret"));
        return new Told($"{tenant.Text("id")}, keys {key.Text("hint")} and {test.Text("hint")}");
    }
}
