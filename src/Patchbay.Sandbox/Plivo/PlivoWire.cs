using System.Text.Json.Serialization;
using Patchbay.Sandbox.Http;

namespace Patchbay.Sandbox.Plivo;

/// <summary>The body of a send.</summary>
internal sealed record PlivoMessageBody(string? Src, string? Dst, string? Text, string? Type, string? Url, string? Method, string? PowerpackUuid);

internal sealed record PlivoErrorView(string ApiId, string Error);

internal sealed record PlivoAccountView(string ApiId, string AuthId)
{
    public string AccountType => "standard";

    public string BillingMode => "prepaid";

    public string CashCredits => "100.00000";

    public string Name => "Sandbox account";

    public string Timezone => "UTC";
}

internal sealed record PlivoQueuedView(string ApiId, IReadOnlyList<string> MessageUuid)
{
    public string Message => "message(s) queued";
}

/// <summary>A message as Plivo writes it, at one moment; its text is not given back.</summary>
internal sealed record PlivoMessageView(string MessageUuid, string MessageState, string? FromNumber, string ToNumber)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ApiId { get; init; }

    public string? ErrorCode { get; init; }

    public string? ErrorMessage { get; init; }

    public string MessageDirection => "outbound";

    public required string MessageTime { get; init; }

    public string? MessageSentTime { get; init; }

    public required string MessageUpdatedTime { get; init; }

    public required string MessageType { get; init; }

    public string? PowerpackId { get; init; }

    public required string ResourceUri { get; init; }

    public required string TotalAmount { get; init; }

    public required string TotalRate { get; init; }

    public required int Units { get; init; }
}

internal sealed record PlivoMessageListView(string ApiId, PlivoListMeta Meta, IReadOnlyList<PlivoMessageView> Objects);

internal sealed record PlivoListMeta(int Limit, int Offset, string? Next, string? Previous, int TotalCount);

[JsonSerializable(typeof(PlivoMessageBody))]
[JsonSerializable(typeof(PlivoErrorView))]
[JsonSerializable(typeof(PlivoAccountView))]
[JsonSerializable(typeof(PlivoQueuedView))]
[JsonSerializable(typeof(PlivoMessageView))]
[JsonSerializable(typeof(PlivoMessageListView))]
internal sealed partial class PlivoJson : JsonSerializerContext
{
    public static readonly PlivoJson Wire = new(WireFormat.Options());
}
