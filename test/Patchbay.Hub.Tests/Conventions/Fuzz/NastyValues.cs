using System.Globalization;

namespace Patchbay.Hub.Tests.Conventions.Fuzz;

/// <summary>What nobody means to send and somebody does.</summary>
internal static class NastyValues
{
    /// <summary>As they stand in a JSON document.</summary>
    public static readonly IReadOnlyList<string> Json =
    [
        "null", "true", "-1", "0", "-0", "1.5", "1e3", "1e400", "-1e400", "9223372036854775807", "9223372036854775808",
        "18446744073709551616", "99.000000000000000000000000001", "0.000000000000000000000000000000001",
        "\"\"", "\" \"", "\"x\"", "\"-1\"", "\"99.000000000000000000000000001\"", "\"1e3\"", "\"NaN\"", "\"\\u0000\"", "\"a\\u0000b\"",
        "\"\\ud83d\"", "\"\\r\\nX-Evil: 1\"", "\"\\u202e\\ud83d\\ude00\"", "\"\uFF11\u0663\"", $"\"{new string('x', 20_000)}\"",
        "\"../../etc/passwd\"", "\"' OR 1=1 --\"", "\"%00%ff\"", "\"automatic, manual\"", "\"*\"", "\"ZZ\"", "\"QQQ\"",
        "\"Ann <a@b.example>\"", "\"a@b@c\"",
        "\"0001-01-01T00:00:00Z\"", "\"9999-12-31T23:59:59.999Z\"", "\"2026-02-30T00:00:00Z\"", "\"9999-12-31T23:59:59-14:00\"",
        "\"javascript:alert(1)\"", "\"https://[::1]:99999/\"", "\"https://u:p@h\"", "\"http://\\ud83d\\ude00.example/\"", "\"//host/path\"",
        "\"int_7zzzzzzzzzzzzzzzzzzzzzzzzz\"", "\"pay_00000000000000000000000000\"",
        "[]", "[null]", "[[]]", "[{}]", "[1]", "[\"x\",\"x\"]", $"[{string.Join(',', Enumerable.Repeat("\"x\"", 2_000))}]",
        "{}", "{\"a\":null}", "{\"\":\"\"}", "{\"a\":{\"b\":[null]}}", "{\"a\":1,\"a\":2}",
        string.Concat(Enumerable.Repeat("[", 40)) + string.Concat(Enumerable.Repeat("]", 40)),
        $"{{{string.Join(',', Enumerable.Range(0, 200).Select(i => string.Create(CultureInfo.InvariantCulture, $"\"k{i}\":\"v\"")))}}}",
    ];

    /// <summary>As they stand in a query or a path: percent-encoded where they must be.</summary>
    public static readonly IReadOnlyList<string> Address =
    [
        "", "%20", "x", "-1", "0", "1", "201", "1.5", "1e3", "9223372036854775807", "9223372036854775808", "null", "[]", "true", "*", "%25",
        "%2F", "%252F..", "..%2F..%2Fetc", "%0D%0AX-Evil:1", "%E2%80%AE%F0%9F%98%80", "%ED%A0%BD", "%FF%FE", "%EF%BC%91",
        "%27%20OR%201%3D1",
        "payment.*", "a,b", "held", "pending", "DE", "ZZ", "EUR", "QQQ", new string('x', 4_000),
        "0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999Z", "0001-01-01T00:00:00%2B14:00", "9999-12-31T23:59:59-14:00",
        "2026-02-30T00:00:00Z",
        "AAAAAAAAAAAAAAAAAAAAAA", "_____________________w", "______________________", "f________________4AAAA", "gAAAAAAAAAAAAAAAAAAAAA",
        "AAAAAAAAAAB__________w", "AAAAAAAAAACAAAAAAAAAAA", "AAAAAAAAAAAAAAAAAAAAAB",
        "int_7zzzzzzzzzzzzzzzzzzzzzzzzz", "pay_00000000000000000000000000", "evt_7zzzzzzzzzzzzzzzzzzzzzzzzz",
        "int_8zzzzzzzzzzzzzzzzzzzzzzzzz",
    ];

    /// <summary>Only in a query: the web server itself refuses it in a path.</summary>
    public static readonly IReadOnlyList<string> Query = [.. Address, "%00", "a%00b", "%C0%80", "a&{0}=b", "%ZZ"];
}
