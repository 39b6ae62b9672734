using System.Globalization;
using System.Net.Mail;
using System.Text;
using Patchbay.Connectors.Contracts;
using Patchbay.Platform.Api;

namespace Patchbay.Hub.Suppressions;

/// <summary>Reads whom a message is for, by what it travels.</summary>
internal static class RecipientInput
{
    private static readonly IdnMapping Idn = new();

    /// <summary>E.164, or an e-mail address with its domain in ASCII; null when it is none, and then among the faults.</summary>
    /// <param name="channel">Null when it is not known: then nothing is read.</param>
    public static string? Read(MessageChannel? channel, string? given, string field, Faults faults) => channel switch
    {
        null => null,
        MessageChannel.Email => Email(given, field, faults),
        _ => faults.Phone(given, field)?.Value,
    };

    /// <summary>Null when it is none, and then among the faults.</summary>
    public static string? Email(string? given, string field, Faults faults)
    {
        faults.Email(given ?? "", field);
        if (faults.Concern(field))
            return null;
        var address = new MailAddress(given!);
        faults.Require(Ascii.IsValid(address.User), field, "must have no other than Latin letters, digits and signs before the @");
        try
        {
            return $"{address.User}@{Idn.GetAscii(address.Host)}";
        }
        catch (ArgumentException)
        {
            faults.Add(field, "must have the name of a domain after the @");
            return null;
        }
    }
}
