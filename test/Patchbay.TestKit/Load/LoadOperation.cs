namespace Patchbay.TestKit;

public enum LoadKind
{
    Payment,
    Refund,
    Sms,
}

/// <summary>Something a client wants done once, under one idempotency key, however often it has to ask.</summary>
public sealed class LoadOperation(LoadKind kind, string path, string key, object body)
{
    public LoadKind Kind => kind;

    public string Path => path;

    /// <summary>The idempotency key; also the payment's reference, the refund's reason and the text of the message.</summary>
    public string Key => key;

    public object Body => body;

    /// <summary>Of what the hub made of it; null until it has said so.</summary>
    public string? Id { get; set; }

    public static LoadOperation Payment(int number) => new(
        LoadKind.Payment, "api/v1/payments", $"payment {number}",
        new { amount = $"{10 + number % 90}.{number % 100:00}", currency = "EUR", reference = $"payment {number}",
            return_url = "https://shop.example/back" });

    public static LoadOperation Sms(int number) => new(
        LoadKind.Sms, "api/v1/messages", $"sms {number}",
        new { channel = "sms", to = $"+1415{5_600_000 + number}", body = $"sms {number}" });

    /// <summary>Half of some payments is given back.</summary>
    public static LoadOperation RefundOf(LoadOperation payment) => new(
        LoadKind.Refund, $"api/v1/payments/{payment.Id}/refunds", $"refund of {payment.Key}",
        new { amount = "5.00", reason = $"refund of {payment.Key}" });
}
