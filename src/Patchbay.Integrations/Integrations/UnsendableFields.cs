using Patchbay.Connectors.Contracts;

namespace Patchbay.Integrations.Integrations;

/// <summary>Names the entered fields that keep a request from being sent: to correct them is up to a person.</summary>
internal static class UnsendableFields
{
    /// <summary>A control character can be sent in no header and no address. Null: there is none.</summary>
    /// <param name="except">Fields that are sent in neither.</param>
    public static ProviderFailure? Refuse(Connection connection, IReadOnlyList<string> except) =>
        Find(connection, text => text.Any(char.IsControl), except) is { } fields
            ? Failure(fields, "has a line break or another control character in it") : null;

    /// <summary>What is known of a header that could not be sent, by the field that is in it where that is to blame.</summary>
    public static ProviderFailure Explain(ProviderFailure failure, Connection connection) =>
        failure.Code == HeaderText.Unsendable && Find(connection, text => !HeaderText.CanBeSent(text), []) is { } fields
            ? Failure(fields, "has a character that HTTP headers cannot carry; only printable ASCII can be sent") : failure;

    private static ProviderFailure Failure(string fields, string fault) => ProviderFailure.Rejected(
        FailureCause.Authentication, HeaderText.Unsendable, $"Nothing was sent: {fields} {fault}. Enter it again.");

    private static string? Find(Connection connection, Func<string, bool> isBad, IReadOnlyList<string> except)
    {
        var credentials = connection.Credentials.Concat(
            connection.Secrets.Select(secret => KeyValuePair.Create(secret.Key, secret.Value.Reveal())));
        var names = credentials.Where(field => isBad(field.Value) && !except.Contains(field.Key))
            .Select(field => $"credentials.{field.Key}")
            .Concat(connection.Settings.Where(field => isBad(field.Value)).Select(field => $"settings.{field.Key}"))
            .Order(StringComparer.Ordinal).ToList();
        return names.Count > 0 ? string.Join(" and ", names) : null;
    }
}
