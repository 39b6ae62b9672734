using System.Globalization;
using Patchbay.Connectors.Contracts;
using Patchbay.Sandbox.Messages;
using Patchbay.Sandbox.Webhooks;

namespace Patchbay.Sandbox.Plivo;

/// <summary>Tells the callback address of a message of each of its receipts.</summary>
internal sealed class PlivoCallbacks(SandboxWorld world)
{
    /// <summary>How often Plivo tries again is not documented.</summary>
    private const int Retries = 3;
    private static readonly Secret NobodysToken = new("nobody_has_this_token");

    public void Announce(PlivoAccount account, SentMessage message, string url, bool byGet, string? code)
    {
        var webhooks = new List<Webhook>(message.Plan.Count);
        var before = TimeSpan.Zero;
        for (var step = 0; step < message.Plan.Count; step++)
        {
            var (receipt, sequence) = (message.Plan[step], step + 1);
            webhooks.Add(new Webhook(receipt.Status, receipt.After - before, badSignature =>
                Request(badSignature ? NobodysToken : account.AuthToken, Fields(message, receipt, sequence), url, byGet)));
            before = receipt.After;
        }

        world.Webhooks.Send(new WebhookRun("plivo", webhooks, Retries, code));
    }

    private static HttpRequestMessage Request(Secret token, IReadOnlyList<KeyValuePair<string, string>> fields, string url, bool byGet)
    {
        var nonce = SandboxIds.Nonce();
        var called = byGet ? WithQuery(url, fields) : url;
        var request = new HttpRequestMessage(byGet ? HttpMethod.Get : HttpMethod.Post, called);
        if (!byGet)
            request.Content = new FormUrlEncodedContent(fields);
        request.Headers.TryAddWithoutValidation("X-Plivo-Signature-V2", PlivoSignatures.V2(token, called, nonce));
        request.Headers.TryAddWithoutValidation("X-Plivo-Signature-V2-Nonce", nonce);
        request.Headers.TryAddWithoutValidation("X-Plivo-Signature-V3", byGet ? PlivoSignatures.V3OfGet(token, called, nonce) : PlivoSignatures.V3(token, called, fields, nonce));
        request.Headers.TryAddWithoutValidation("X-Plivo-Signature-V3-Nonce", nonce);
        return request;
    }

    private static IReadOnlyList<KeyValuePair<string, string>> Fields(SentMessage message, Receipt receipt, int sequence) =>
    [
        .. new FormBody
        {
            { "MessageUUID", message.Id },
            { "From", message.From },
            { "To", message.To },
            { "Type", message.Type },
            { "Status", receipt.Status },
            { "Sequence", sequence },
            { "Units", message.Segments },
            { "TotalRate", PlivoPrices.Rate },
            { "TotalAmount", PlivoPrices.Of(message) },
            { "ErrorCode", receipt.ErrorCode?.ToString(CultureInfo.InvariantCulture) },
            { "MCC", "310" },
            { "MNC", "004" },
            { "MessageTime", PlivoTimes.Write(message.CreatedAt) },
            { "QueuedTime", PlivoTimes.Write(message.CreatedAt) },
            { "SentTime", PlivoTimes.Write(message.CreatedAt + message.Plan[0].After) },
            { "DeliveryReportTime", receipt.Status is "delivered" or "undelivered" ? PlivoTimes.Write(message.CreatedAt + receipt.After) : null },
            { "PowerpackUUID", message.Service },
        },
    ];

    private static string WithQuery(string url, IEnumerable<KeyValuePair<string, string>> fields)
    {
        var added = string.Join('&', fields.Select(field => $"{field.Key}={Uri.EscapeDataString(field.Value)}"));
        return url + (url.Contains('?', StringComparison.Ordinal) ? "&" : "?") + added;
    }
}
