using System.Net;
using System.Text.Json;

namespace Patchbay.Sandbox.Tests.Support;

/// <summary>A status with its JSON.</summary>
internal sealed record Answer(HttpStatusCode Status, string Text, HttpResponseMessage Response)
{
    public JsonElement Json => JsonDocument.Parse(Text).RootElement;

    public string? Id => Json.GetProperty("id").GetString();

    public JsonElement Error => Json.GetProperty("error");

    public string? this[string property] =>
        Json.GetProperty(property) is { ValueKind: not JsonValueKind.Null } value ? value.ToString() : null;

    public static async Task<Answer> OfAsync(HttpResponseMessage response) =>
        new(response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), response);
}
