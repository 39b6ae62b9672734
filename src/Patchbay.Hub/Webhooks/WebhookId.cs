using Patchbay.Storage;

namespace Patchbay.Hub.Webhooks;

/// <summary>Names a webhook endpoint of a tenant.</summary>
public readonly record struct WebhookId(Guid Value) : ITypedId<WebhookId>
{
    public static string Prefix => "whe";

    public static WebhookId From(Guid value) => new(value);

    public static WebhookId Parse(string s, IFormatProvider? provider) => TypeId.Parse<WebhookId>(s);

    public static bool TryParse(string? s, IFormatProvider? provider, out WebhookId result) => TypeId.TryParse(s, out result);

    public override string ToString() => TypeId.Format(Prefix, Value);
}
