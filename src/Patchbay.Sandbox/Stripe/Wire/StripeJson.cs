using System.Text.Json.Serialization;
using Patchbay.Sandbox.Http;

namespace Patchbay.Sandbox.Stripe.Wire;

[JsonSerializable(typeof(PaymentIntentView))]
[JsonSerializable(typeof(SessionView))]
[JsonSerializable(typeof(RefundView))]
[JsonSerializable(typeof(PayoutView))]
[JsonSerializable(typeof(ChargeView))]
[JsonSerializable(typeof(DisputeView))]
[JsonSerializable(typeof(BalanceTransactionView))]
[JsonSerializable(typeof(EventView))]
[JsonSerializable(typeof(ErrorView))]
[JsonSerializable(typeof(BalanceView))]
[JsonSerializable(typeof(WebhookEndpointView))]
[JsonSerializable(typeof(WebhookEndpointListView))]
[JsonSerializable(typeof(DeletedView))]
internal sealed partial class StripeJson : JsonSerializerContext
{
    public static readonly StripeJson Wire = new(WireFormat.Options());
}
