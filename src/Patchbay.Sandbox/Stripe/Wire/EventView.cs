using System.Text.Json.Serialization;

namespace Patchbay.Sandbox.Stripe.Wire;

/// <summary>An event as it is sent to webhook endpoints.</summary>
internal sealed record EventView(string Id, string Type, long Created, bool Livemode, EventDataView Data)
{
    /// <summary>Of an account that asks for no other.</summary>
    public const string Version = "2026-07-29.dahlia";

    public string Object => "event";

    public required string ApiVersion { get; init; }

    public int PendingWebhooks => 1;

    public EventRequestView Request => EventRequestView.None;
}

internal sealed record EventDataView(object Object)
{
    /// <summary>Of an update only: what changed, as it was before.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public UnsettledView? PreviousAttributes { get; init; }
}

/// <summary>A charge before it was settled, as far as that differs.</summary>
internal sealed record UnsettledView
{
    public string? BalanceTransaction => null;
}

internal sealed record EventRequestView(string? Id, string? IdempotencyKey)
{
    public static readonly EventRequestView None = new(null, null);
}
