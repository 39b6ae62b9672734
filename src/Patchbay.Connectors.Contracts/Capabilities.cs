using System.Collections.Frozen;

namespace Patchbay.Connectors.Contracts;

/// <summary>The words of the capabilities, and the interface a connector implements for each.</summary>
public static class Capabilities
{
    public const string InitiatePayment = "initiate_payment";
    public const string VerifyPayment = "verify_payment";
    public const string CapturePayment = "capture_payment";
    public const string CancelPayment = "cancel_payment";
    public const string ProcessRefund = "process_refund";
    public const string SendSms = "send_sms";
    public const string SendWhatsApp = "send_whatsapp";

    /// <summary>Capabilities with an interface today.</summary>
    public static readonly FrozenDictionary<string, Type> Interfaces = new Dictionary<string, Type>
    {
        [InitiatePayment] = typeof(IInitiatePayment),
        [VerifyPayment] = typeof(IVerifyPayment),
        [CapturePayment] = typeof(ICapturePayment),
        [CancelPayment] = typeof(ICancelPayment),
        [ProcessRefund] = typeof(IProcessRefund),
        [SendSms] = typeof(ISendSms),
        [SendWhatsApp] = typeof(ISendWhatsApp),
    }.ToFrozenDictionary();

    /// <summary>Every word a manifest or a rule may use, also those no connector has yet.</summary>
    public static readonly FrozenSet<string> All = FrozenSet.Create(
        InitiatePayment, VerifyPayment, CapturePayment, CancelPayment, ProcessRefund, "initiate_payout", "open_cashier",
        SendSms, SendWhatsApp, "send_email", "initiate_call", "verify_identity",
        "quote_shipment", "create_shipment", "track_shipment", "sync_contacts", "sync_invoices", "sync_payments");
}
