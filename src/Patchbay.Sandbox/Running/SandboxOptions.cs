using System.Reflection;

namespace Patchbay.Sandbox.Running;

/// <summary>How the sandbox listens and how quickly its customers and carriers act.</summary>
public sealed class SandboxOptions
{
    /// <summary>Where it listens. Port 0 picks a free one; see <see cref="SandboxServer.Address"/> for the result.</summary>
    public string Url { get; set; } = "http://127.0.0.1:0";

    /// <summary>The address a browser reaches it at, for the hosted payment pages. Null: the address it listens on.</summary>
    public string? PublicUrl { get; set; }

    /// <summary>How long the customer takes to pay on the hosted page, or to confirm a payment intent.</summary>
    public TimeSpan CustomerDelay { get; set; } = TimeSpan.FromMilliseconds(300);

    /// <summary>The time between two steps of a message: accepted to sent, sent to delivered, delivered to read.</summary>
    public TimeSpan ReceiptDelay { get; set; } = TimeSpan.FromMilliseconds(150);

    /// <summary>The pause between two webhooks that tell of the same thing.</summary>
    public TimeSpan WebhookGap { get; set; } = TimeSpan.FromMilliseconds(10);

    /// <summary>By how much a late webhook is late, unless the fault says otherwise.</summary>
    public TimeSpan WebhookLateness { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>The wait before a refused webhook is sent again; doubles each time.</summary>
    public TimeSpan WebhookRetryDelay { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>How long a slow answer takes, unless the fault says otherwise.</summary>
    public TimeSpan Slowness { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a hanging answer is held back, unless the fault says otherwise or the caller gives up first.</summary>
    public TimeSpan HangTime { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Whether amounts and numbers with a special ending misbehave. Turn off for load with arbitrary amounts.</summary>
    public bool MagicValues { get; set; } = true;

    /// <summary>Answers remembered by idempotency key, per account; the oldest are forgotten first.</summary>
    public int IdempotencyKeysKept { get; set; } = 100_000;

    /// <summary>Where further vendors are looked for, beside those of this assembly.</summary>
    public IList<Assembly> Assemblies { get; } = [];

    public TimeProvider Time { get; set; } = TimeProvider.System;
}
