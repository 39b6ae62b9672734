using System.Text.Json.Serialization;
using Patchbay.Sandbox.Http;

namespace Patchbay.Sandbox.Twilio;

internal sealed record TwilioErrorView(int Code, string Message, string MoreInfo, int Status);

internal sealed record TwilioAccountView(string Sid, string Status, string DateCreated)
{
    public string? AuthToken => null;

    public string DateUpdated => DateCreated;

    public string FriendlyName => "Sandbox account";

    public string OwnerAccountSid => Sid;

    public string Type => "Full";

    public string Uri => $"/2010-04-01/Accounts/{Sid}.json";
}

internal sealed record TwilioBalanceView(string AccountSid, string Balance, string Currency);

/// <summary>A message as Twilio writes it, at one moment.</summary>
internal sealed record TwilioMessageView(string Sid, string AccountSid, string To, string? From, string Body, string Status)
{
    public string ApiVersion => "2010-04-01";

    public required string DateCreated { get; init; }

    /// <summary>Null while it is queued.</summary>
    public string? DateSent { get; init; }

    public required string DateUpdated { get; init; }

    public string Direction => "outbound-api";

    public int? ErrorCode { get; init; }

    public string? ErrorMessage { get; init; }

    public string? MessagingServiceSid { get; init; }

    public string NumMedia => "0";

    public required string NumSegments { get; init; }

    /// <summary>Negative, in the price unit; null until it is sent.</summary>
    public string? Price { get; init; }

    public string PriceUnit => "USD";

    public TwilioMediaUri SubresourceUris => new($"/2010-04-01/Accounts/{AccountSid}/Messages/{Sid}/Media.json");

    public string Uri => $"/2010-04-01/Accounts/{AccountSid}/Messages/{Sid}.json";
}

internal sealed record TwilioMediaUri(string Media);

internal sealed record TwilioMessageListView(IReadOnlyList<TwilioMessageView> Messages, int Page, int PageSize)
{
    public required int Start { get; init; }

    public int End => Start + Math.Max(0, Messages.Count - 1);

    public required string FirstPageUri { get; init; }

    public string? NextPageUri { get; init; }

    public string? PreviousPageUri { get; init; }

    public required string Uri { get; init; }
}

[JsonSerializable(typeof(TwilioErrorView))]
[JsonSerializable(typeof(TwilioAccountView))]
[JsonSerializable(typeof(TwilioBalanceView))]
[JsonSerializable(typeof(TwilioMessageView))]
[JsonSerializable(typeof(TwilioMessageListView))]
internal sealed partial class TwilioJson : JsonSerializerContext
{
    public static readonly TwilioJson Wire = new(WireFormat.Options());
}
