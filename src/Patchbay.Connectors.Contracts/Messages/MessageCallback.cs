namespace Patchbay.Connectors.Contracts;

/// <summary>The address a provider calls about one message, and what it says there.</summary>
public static class MessageCallback
{
    public const string ReferenceField = "ref";

    /// <summary>The integration's webhook address with the message's id as <c>ref</c>.</summary>
    public static Uri For(Connection connection, string messageId) =>
        new(connection.WebhookUrl + "?" + ReferenceField + "=" + Uri.EscapeDataString(messageId));

    /// <summary>The hub's id of the message that a callback is about; null when its address has lost it.</summary>
    public static string? Reference(WebhookRequest request) => request.Query().Find(ReferenceField);

    /// <summary>The fields of a form callback; one that comes by GET has them in its query.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Fields(WebhookRequest request) =>
        request.Method == HttpMethod.Get.Method ? request.Query() : request.Form();
}
