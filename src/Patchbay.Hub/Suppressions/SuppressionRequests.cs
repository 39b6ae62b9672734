using System.ComponentModel.DataAnnotations;
using Patchbay.Connectors.Contracts;

namespace Patchbay.Hub.Suppressions;

/// <summary>Writes to somebody no more.</summary>
/// <param name="Recipient">E.164, or an e-mail address.</param>
/// <param name="Reason"><c>manual</c> by default.</param>
/// <param name="Note">For people, at most 500 characters.</param>
/// <example>{"channel":"sms","recipient":"+14155550123","reason":"complaint","note":"Called us on 20 November."}</example>
public sealed record SuppressRequest(
    [Required] MessageChannel? Channel = null, [Required] string? Recipient = null, SuppressionCause? Reason = null, string? Note = null);

/// <summary>Writes to many no more, all of them or nobody.</summary>
/// <param name="Recipients">1 to 1,000, each as E.164, or an e-mail address.</param>
/// <param name="Reason">Of all of them; <c>manual</c> by default.</param>
/// <param name="Note">Of all of them, at most 500 characters.</param>
/// <example>{"channel":"sms","recipients":["+14155550123","+14155550124"],"reason":"opted_out"}</example>
public sealed record SuppressManyRequest(
    [Required] MessageChannel? Channel = null, [Required] IReadOnlyList<string>? Recipients = null, SuppressionCause? Reason = null,
    string? Note = null);
