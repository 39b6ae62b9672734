using System.Globalization;
using System.Text;
using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.BankTransfer;

/// <summary>
/// A merchant's own EMV QR code, made into that of one payment: with its amount, its reference, and the checksum that goes with them.
/// </summary>
/// <remarks>
/// Source: EMV QR Code Specification for Payment Systems, Merchant-Presented Mode, version 1.1: fields of a two-digit id, a two-digit
/// length and a value; 01 says that it is for one payment (12), 53 the currency, 54 the amount, 62-05 the reference, 63 the checksum
/// (CRC-16 with polynomial 1021 and initial value FFFF over all before its value).
/// </remarks>
internal static class EmvCode
{
    private const string Format = "00", Initiation = "01", Currency = "53", Amount = "54", Additional = "62", Checksum = "63";
    private const string ReferenceLabel = "05";

    /// <summary>Null when the code is none, or of another currency.</summary>
    /// <param name="merchant">What the merchant's code says.</param>
    public static string? Of(string merchant, Money amount, string reference)
    {
        if (Read(merchant) is not { } fields || fields.GetValueOrDefault(Currency) != Numeric(amount.Currency))
            return null;
        fields[Initiation] = "12";
        fields[Amount] = amount.ToAmountString();
        var additional = (fields.TryGetValue(Additional, out var text) ? Fields(text) : null) ?? [];
        additional[ReferenceLabel] = reference;
        fields[Additional] = Write(additional);
        var body = Write(fields) + Checksum + "04";
        return body + Crc(body).ToString("X4", CultureInfo.InvariantCulture);
    }

    /// <summary>The fields of a code whose checksum holds, without that; null for anything else.</summary>
    public static SortedDictionary<string, string>? Read(string code)
    {
        if (code.Length < 8 || code[^8..^4] != Checksum + "04"
            || !code[^4..].Equals(Crc(code[..^4]).ToString("X4", CultureInfo.InvariantCulture), StringComparison.OrdinalIgnoreCase))
            return null;
        var fields = Fields(code[..^8]);
        return fields?.GetValueOrDefault(Format) == "01" ? fields : null;
    }

    internal static ushort Crc(string text)
    {
        ushort crc = 0xffff;
        foreach (var part in Encoding.UTF8.GetBytes(text))
        {
            crc ^= (ushort)(part << 8);
            for (var bit = 0; bit < 8; bit++)
                crc = (ushort)((crc & 0x8000) != 0 ? (crc << 1) ^ 0x1021 : crc << 1);
        }

        return crc;
    }

    private static SortedDictionary<string, string>? Fields(string text)
    {
        var fields = new SortedDictionary<string, string>(StringComparer.Ordinal);
        for (var at = 0; at < text.Length;)
        {
            if (at + 4 > text.Length
                || !int.TryParse(text.AsSpan(at + 2, 2), NumberStyles.None, CultureInfo.InvariantCulture, out var length)
                || at + 4 + length > text.Length || !fields.TryAdd(text.Substring(at, 2), text.Substring(at + 4, length)))
                return null;
            at += 4 + length;
        }

        return fields;
    }

    private static string Write(SortedDictionary<string, string> fields) => string.Concat(fields.Select(
        field => string.Create(CultureInfo.InvariantCulture, $"{field.Key}{field.Value.Length:00}{field.Value}")));

    /// <summary>ISO 4217's number of a currency; null where it is not known here: such a code is not shown.</summary>
    private static string? Numeric(Currency currency) => currency.Code switch
    {
        "JMD" => "388", "USD" => "840", "EUR" => "978", "GBP" => "826", "INR" => "356", "BRL" => "986", "TTD" => "780", "BBD" => "052",
        "XCD" => "951", "SGD" => "702", "THB" => "764", "IDR" => "360", "MYR" => "458", "PHP" => "608", "VND" => "704", "HKD" => "344",
        _ => null,
    };
}
