using System.Net.Mail;
using Patchbay.Connectors.Contracts;
using Patchbay.Storage;

namespace Patchbay.Platform.Api;

/// <summary>Collects what is wrong with a request, all of it, by the path of the field: <c>conditions[0].value</c>.</summary>
public sealed class Faults
{
    /// <summary>What a caller is told of <see cref="StorableText"/>.</summary>
    internal const string NotStorable = "holds a character that cannot be kept: NUL or half a surrogate pair";

    private readonly SortedDictionary<string, List<string>> _fields = new(StringComparer.Ordinal);

    public bool Any => _fields.Count > 0;

    public bool IsEmpty => _fields.Count == 0;

    public IReadOnlyDictionary<string, string[]> ByField =>
        _fields.ToDictionary(pair => pair.Key, pair => pair.Value.ToArray(), StringComparer.Ordinal);

    /// <summary>The same said twice counts once.</summary>
    public void Add(string field, string message)
    {
        if (!_fields.TryGetValue(field, out var messages))
            _fields.Add(field, messages = []);
        if (!messages.Contains(message))
            messages.Add(message);
    }

    public void Require(bool holds, string field, string message)
    {
        if (!holds)
            Add(field, message);
    }

    /// <summary>Not null, not blank, not longer than so many characters.</summary>
    public string Text(string? value, string field, int max)
    {
        if (string.IsNullOrWhiteSpace(value))
            Add(field, "is required");
        else if (value.Length > max)
            Add(field, $"has {value.Length} characters; at most {max} are allowed");
        return value ?? "";
    }

    public string? OptionalText(string? value, string field, int max)
    {
        if (value?.Length > max)
            Add(field, $"has {value.Length} characters; at most {max} are allowed");
        return value;
    }

    /// <summary>What somebody is called by elsewhere, which is told apart by each character: no blank around it, nothing unseen.</summary>
    public string? OptionalName(string? value, string field, int max)
    {
        Require(
            value is null || !value.Any(char.IsControl) && value.Trim().Length == value.Length, field,
            "must not begin or end with a blank, or have control characters");
        return OptionalText(value, field, max);
    }

    /// <summary>Nothing in it that no database keeps; null has nothing in it.</summary>
    public void Storable(string? text, string field) => Require(StorableText.IsStorable(text), field, NotStorable);

    /// <summary>One of an enum's words; null when none was given, or it is a fault.</summary>
    public TEnum? Word<TEnum>(string? value, string field)
        where TEnum : struct, Enum
    {
        if (value is null)
            return null;
        if (Words.TryParse<TEnum>(value, out var word))
            return word;
        Add(field, $"must be one of {string.Join(", ", Words.All<TEnum>())}");
        return null;
    }

    /// <summary>Without line breaks and other control characters, which cannot be sent on.</summary>
    public void Sendable(string text, string field) =>
        Require(!text.Any(char.IsControl), field, "has a line break or another control character in it");

    /// <summary>What parses as an e-mail address also holds names and comments: only what it takes for the whole address is one.</summary>
    public void Email(string? text, string field) => Require(
        text is null || text.Length <= 254 && MailAddress.TryCreate(text, out var parsed) && parsed.Address == text, field,
        "must be an address alone, such as ann@example.com");

    /// <summary>Where a browser is sent; null when it is not given, or among the faults.</summary>
    public Uri? Page(string? text, string field)
    {
        if (text is null)
            return null;
        if (text.Length <= 2000 && Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http"
            && uri.UserInfo.Length == 0)
            return uri;
        Add(field, "must be an http or https address of at most 2000 characters");
        return null;
    }

    public void OptionalPhone(string? text, string field)
    {
        if (text is not null)
            Phone(text, field);
    }

    /// <summary>Null, and among the faults, when it is not given or is none.</summary>
    public PhoneNumber? Phone(string? text, string field)
    {
        if (PhoneNumber.TryParse(text, out var number))
            return number;
        Add(field, "must be in E.164 form such as +14155550123");
        return null;
    }

    /// <summary>A moment of a query; null when it is not given, or cannot be read.</summary>
    public DateTimeOffset? Moment(string? value, string field)
    {
        if (value is null)
            return null;
        var read = Api.Moment.TryParse(value, out var moment);
        Require(read, field, Api.Moment.Rule);
        return read ? moment : null;
    }

    /// <summary>True when something was said about this field or a part of it.</summary>
    public bool Concern(string field) => _fields.Keys.Any(key => IsAt(field, key));

    /// <summary>All that was said about this field and its parts; null when nothing was.</summary>
    public string? About(string field) =>
        Concern(field) ? string.Join("; ", _fields.Where(pair => IsAt(field, pair.Key)).SelectMany(pair => pair.Value)) : null;

    public Error ToError() => Error.Invalid(ByField);

    public override string ToString() => string.Join("; ", _fields.Select(pair => $"{pair.Key}: {string.Join(", ", pair.Value)}"));

    private static bool IsAt(string field, string key) =>
        key.StartsWith(field, StringComparison.Ordinal) && (key.Length == field.Length || key[field.Length] is '.' or '[');
}
