using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Kiota.Abstractions.Serialization;
using Patchbay.Client;
using Patchbay.Client.Models;
using Patchbay.TestKit;

namespace Patchbay.ClientTests;

public sealed class WebhookTests
{
    private const string Old = "whsec_b2xkLW9sZC1vbGQtb2xk";
    private const string New = "whsec_bmV3LW5ldy1uZXctbmV3";
    private const string Own = "a secret of one's own";

    private const string Body =
        """{"id":"evt_1","type":"message.read","tenant_id":"ten_1","occurred_at":"2026-03-01T12:00:00.000Z","data":{"to":"+1"}}""";

    // printf 'evt_1.1772366400.BODY' | openssl dgst -sha256 -mac HMAC -macopt key:KEY -binary | base64
    private const string ByOld = "v1,2YAFYo8FZXIwf5+kXkDW9+5ab531pl4Hl6C6ZyeY6B8=";
    private const string ByNew = "v1,UE8ObAz5ydixAY9xjqxduGIcGibnPA9aJJEV4fMgLsw=";
    private const string ByOwn = "v1,qejCyySwP0pVPhMXuUjwXg2/wwaRyLS8X05opLvm3rk=";

    private readonly ManualTime _time = new();

    private readonly Dictionary<string, string> _headers = new()
    {
        ["webhook-id"] = "evt_1", ["webhook-timestamp"] = "1772366400", ["webhook-signature"] = ByNew,
    };

    [Theory]
    [InlineData(ByNew, New)]
    [InlineData(ByNew + " " + ByOld, Old)]
    [InlineData(ByNew + " " + ByOld, New)]
    [InlineData("v1a,x " + ByOld, New, Old)]
    [InlineData(ByOwn, Own)]
    public void One_signature_by_one_of_the_secrets_is_enough(string signatures, params string[] secrets)
    {
        _headers["webhook-signature"] = signatures;

        var told = Verify(Body, secrets);

        Assert.Equal(("evt_1", "message.read", "ten_1", ManualTime.Noon), (told.Id, told.Type, told.TenantId, told.OccurredAt));
        Assert.Equal("+1", Assert.IsType<MessageView>(told.Data).To);
    }

    [Theory]
    [InlineData(Body + " ", "evt_1", "1772366400", ByNew)]
    [InlineData(Body, "evt_2", "1772366400", ByNew)]
    [InlineData(Body, "evt_1", "1772366401", ByNew)]
    [InlineData(Body, "evt_1", "1772366400", ByOld)]
    [InlineData(Body, "evt_1", "1772366400", "")]
    public void What_was_changed_or_signed_by_another_is_refused(string body, string id, string timestamp, string signature)
    {
        (_headers["webhook-id"], _headers["webhook-timestamp"], _headers["webhook-signature"]) = (id, timestamp, signature);

        Assert.StartsWith("No signature fits", Refusal(body, New), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("webhook-id")]
    [InlineData("webhook-timestamp")]
    [InlineData("webhook-signature")]
    public void A_missing_header_is_named(string header)
    {
        _headers.Remove(header);

        Assert.StartsWith($"The header {header} is missing", Refusal(Body, New), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-301, true)]
    [InlineData(-300, false)]
    [InlineData(300, false)]
    [InlineData(301, true)]
    public void An_old_message_and_one_from_the_future_are_refused(int seconds, bool refused)
    {
        _time.StepClock(TimeSpan.FromSeconds(seconds));

        if (refused)
            Assert.StartsWith("webhook-timestamp 1772366400 is too far from now", Refusal(Body, New), StringComparison.Ordinal);
        else
            Verify(Body, New);
        Webhook.Verify(Encoding.UTF8.GetBytes(Body), _headers.GetValueOrDefault, [New], TimeSpan.FromHours(1), _time);
    }

    [Fact]
    public void Without_secrets_nothing_is_believed() => Assert.Throws<WebhookException>(() => Verify(Body));

    [Fact]
    public void Every_type_of_the_document_has_data_of_its_kind()
    {
        var document = JsonElement.Parse(File.ReadAllBytes(Path.Combine(Repository.Root, "clients", "openapi.json")));
        var types = document.GetProperty("webhooks").EnumerateObject().Select(type => type.Name).ToList();

        var untyped = types.Where(type => Signed($$"""{"data":{},"type":"{{type}}"}""").Data is null or UntypedNode);

        Assert.Contains("payment.dispute_closed", types);
        Assert.IsType<DisputeView>(Signed("""{"type":"payment.dispute_closed","data":{}}""").Data);
        Assert.Empty(untyped);
        Assert.Equal(["phase"], Assert.IsType<UntypedObject>(Signed("""{"type":"moon.risen","data":{"phase":1}}""").Data).GetValue().Keys);
        Assert.Null(Signed("""{"type":"payment.succeeded","subject":"pay_1","path":"/api/v1/events/evt_1"}""").Data);
    }

    private EventView Verify(string body, params string[] secrets) =>
        Webhook.Verify(Encoding.UTF8.GetBytes(body), _headers.GetValueOrDefault, secrets, time: _time);

    private string Refusal(string body, string secret) => Assert.Throws<WebhookException>(() => Verify(body, secret)).Message;

    private EventView Signed(string body)
    {
        var signed = Encoding.UTF8.GetBytes("evt_1.1772366400." + body);
        _headers["webhook-signature"] = "v1," + Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Own), signed));
        return Verify(body, Own);
    }
}
