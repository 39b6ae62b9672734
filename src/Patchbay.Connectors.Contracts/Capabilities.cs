using System.Collections.Frozen;
using System.Reflection;

namespace Patchbay.Connectors.Contracts;

/// <summary>
/// The words of the capabilities. Each interface brings its own, see <see cref="CapabilityAttribute"/>: there is no list to add it to.
/// </summary>
public static class Capabilities
{
    public const string InitiatePayment = "initiate_payment";
    public const string VerifyPayment = "verify_payment";
    public const string CapturePayment = "capture_payment";
    public const string CancelPayment = "cancel_payment";
    public const string ProcessRefund = "process_refund";
    public const string SendSms = "send_sms";
    public const string SendWhatsApp = "send_whatsapp";

    /// <summary>
    /// Words the API takes in rules although nothing can be called by them yet. One that gets an interface may stay here.
    /// </summary>
    private static readonly string[] Promised =
    [
        "initiate_payout", "open_cashier", "send_email", "initiate_call", "verify_identity",
        "quote_shipment", "create_shipment", "track_shipment", "sync_contacts", "sync_invoices", "sync_payments",
    ];

    /// <summary>The interface of each word that has one.</summary>
    public static readonly FrozenDictionary<string, Type> Interfaces = typeof(Capabilities).Assembly.GetExportedTypes()
        .Where(type => type.IsInterface && type.IsDefined(typeof(CapabilityAttribute)))
        .ToFrozenDictionary(type => type.GetCustomAttribute<CapabilityAttribute>()!.Word);

    /// <summary>Every word a manifest or a rule may use, also those no connector has yet.</summary>
    public static readonly FrozenSet<string> All = Interfaces.Keys.Concat(Promised).ToFrozenSet();
}
