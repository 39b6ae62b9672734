using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.Tests;

/// <summary>The contracts' records as recordings write them: words in lower case, amounts as <c>10.99 EUR</c>.</summary>
internal static class ContractJson
{
    public static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters =
        {
            new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower),
            new TextConverter<Money>(ReadMoney, money => money.ToString()),
            new TextConverter<PhoneNumber>(PhoneNumber.Parse, number => number.Value),
        },
    };

    public static JsonNode? Write(object? value) => JsonSerializer.SerializeToNode(value, value?.GetType() ?? typeof(object), Options);

    public static Money ReadMoney(string text)
    {
        var (amount, code) = (text.Split(' ')[0], text.Split(' ')[1]);
        return PlainDecimal.TryParse(amount, out var number) && Money.TryFromMajor(number, Currency.Parse(code), out var money)
            ? money : throw new FormatException(text);
    }

    private sealed class TextConverter<T>(Func<string, T> read, Func<T, string> write) : JsonConverter<T>
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => read(reader.GetString()!);

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(write(value));
    }
}
