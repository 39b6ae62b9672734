using Patchbay.Connectors.Contracts;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.Messages;

namespace Patchbay.Sandbox.Twilio;

/// <summary>What can be done to a message once it was taken: canceled while it is scheduled, its text redacted, deleted.</summary>
internal static class TwilioChanges
{
    /// <summary>Why the message cannot be changed so; null when it can.</summary>
    public static Reply? Refuse(SentMessage message, Call call, DateTimeOffset now) => (
        call.Form.Find("Status"), call.Form.Find("Body")) switch
    {
        (not (null or "canceled"), _) => TwilioViews.Error(400, 20001, "Status can only be changed to canceled."),
        (_, { Length: > 0 }) => TwilioViews.Error(400, 20001, "Body must be empty: a text can only be redacted."),
        ("canceled", _) when message.CanceledAt is null && message.StartsAt <= now =>
            TwilioViews.Error(409, 30409, "This message cannot be canceled"),
        _ => null,
    };

    public static SentMessage Make(MessageAccount account, SentMessage message, Call call, DateTimeOffset now)
    {
        var changed = message with
        {
            CanceledAt = call.Form.Find("Status") is null ? message.CanceledAt : message.CanceledAt ?? now,
            Order = call.Form.Find("Body") is null ? message.Order : message.Order with { Body = "" },
        };
        account.Messages.Replace(message, changed);
        return changed;
    }

    public static Reply Delete(MessageAccount account, SentMessage message, DateTimeOffset now)
    {
        if (!message.IsOver(now))
            return TwilioViews.Error(409, 20009, "Cannot delete this resource before it is complete");
        account.Messages.Replace(message, null);
        return new Reply(204, default);
    }
}
