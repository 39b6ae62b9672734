using Patchbay.Connectors.Contracts;
using Patchbay.Sandbox.Payments;

namespace Patchbay.Sandbox.Razorpay;

/// <param name="IsLink">Made as a payment link, with a page of Razorpay's, and an order behind it; else as an order alone.</param>
internal sealed record RazorpayOrder(Money? Amount, string? Reference, bool IsLink) : GatewayOrder(Amount, Reference);
