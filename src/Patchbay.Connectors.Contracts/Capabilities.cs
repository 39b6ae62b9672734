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
    public const string CompletePayment = "complete_payment";
    public const string CapturePayment = "capture_payment";
    public const string CancelPayment = "cancel_payment";
    public const string ProcessRefund = "process_refund";
    public const string InitiatePayout = "initiate_payout";
    public const string CompletePayout = "complete_payout";
    public const string SendSms = "send_sms";
    public const string SendWhatsApp = "send_whatsapp";
    public const string SendEmail = "send_email";

    /// <summary>The words a manifest may use, each with its interface.</summary>
    public static readonly FrozenDictionary<string, Type> Interfaces = typeof(Capabilities).Assembly.GetExportedTypes()
        .Where(type => type.IsInterface && type.IsDefined(typeof(CapabilityAttribute)))
        .ToFrozenDictionary(type => type.GetCustomAttribute<CapabilityAttribute>()!.Word);
}
