namespace Patchbay.Connectors.Contracts;

/// <summary>Capability <c>send_sms</c>.</summary>
[Capability("send_sms")]
public interface ISendSms
{
    Task<Result<MessageState, ProviderFailure>> SendSmsAsync(
        SmsRequest request, Connection connection, CancellationToken cancellationToken);
}

/// <summary>Capability <c>send_whatsapp</c>.</summary>
[Capability("send_whatsapp")]
public interface ISendWhatsApp
{
    Task<Result<MessageState, ProviderFailure>> SendWhatsAppAsync(
        WhatsAppRequest request, Connection connection, CancellationToken cancellationToken);
}

/// <summary>Capability <c>send_email</c>.</summary>
[Capability("send_email")]
public interface ISendEmail
{
    Task<Result<MessageState, ProviderFailure>> SendEmailAsync(
        EmailRequest request, Connection connection, CancellationToken cancellationToken);
}

/// <summary>For providers without idempotency keys: finds messages that may be the one whose answer was lost.</summary>
public interface ILookUpMessage
{
    /// <summary>
    /// Whether the provider gives texts back, so that only messages with the same text are found. Where it does not, all messages to a
    /// recipient may be taken for each other.
    /// </summary>
    bool GivesTexts => true;

    /// <summary>
    /// Messages to the same recipient with the same text since the first attempt began, newest first, and all of them: a provider that
    /// tells of fewer fails. None at all means that it was not sent, as far as the provider can tell. The hub takes one that no other of
    /// its messages is known by, if there are more of these than calls for others whose outcome is not known.
    /// </summary>
    Task<Result<IReadOnlyList<MessageState>, ProviderFailure>> LookUpMessageAsync(
        MessageSearch search, Connection connection, CancellationToken cancellationToken);
}

/// <summary>What is known of a message whose answer was lost.</summary>
/// <param name="WhatsApp">True for WhatsApp, false for SMS.</param>
/// <param name="Body">Null for a template.</param>
/// <param name="Since">When the first attempt began.</param>
public sealed record MessageSearch(bool WhatsApp, PhoneNumber To, string? From, string? Body, DateTimeOffset Since)
{
    /// <summary>There are more messages to the recipient than can be looked through.</summary>
    public static readonly ProviderFailure TooMany = ProviderFailure.Rejected(
        FailureCause.Recipient, "too_many_messages",
        "There were too many messages to this recipient to find out whether this one was sent.");

    /// <summary>The provider's times have whole seconds, and its clock is not ours.</summary>
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromSeconds(2);

    /// <summary>Those of a provider's records that may be the message, newest first.</summary>
    /// <param name="createdAt">Null when a record does not tell: then it is none of them.</param>
    /// <param name="fits">Whether the rest agrees, such as the text.</param>
    public IReadOnlyList<MessageState> Candidates<T>(
        IEnumerable<T> records, Func<T, DateTimeOffset?> createdAt, Func<T, bool> fits, Func<T, MessageState> state) => records
        .Select(record => (Record: record, CreatedAt: createdAt(record)))
        .Where(found => found.CreatedAt >= Since - ClockTolerance && fits(found.Record))
        .OrderByDescending(found => found.CreatedAt)
        .Select(found => state(found.Record))
        .ToList();
}
