using System.Collections;
using System.Globalization;

namespace Patchbay.Connectors.Contracts;

/// <summary>Fields of an <c>application/x-www-form-urlencoded</c> body in order; null and empty values are left out.</summary>
public sealed class FormBody : IEnumerable<KeyValuePair<string, string>>
{
    private readonly List<KeyValuePair<string, string>> _fields = [];

    public void Add(string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
            _fields.Add(new(name, value));
    }

    public void Add(string name, long value) => Add(name, value.ToString(CultureInfo.InvariantCulture));

    public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => _fields.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public FormUrlEncodedContent ToContent() => new(_fields);
}
