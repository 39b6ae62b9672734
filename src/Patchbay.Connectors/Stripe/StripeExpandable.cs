using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Patchbay.Connectors.Stripe;

internal interface IStripeObject
{
    string Id { get; }
}

/// <summary>A field that is an id, or the whole object when <c>expand[]</c> asked for it. https://docs.stripe.com/expand</summary>
[JsonConverter(typeof(StripeExpandableConverterFactory))]
internal sealed record StripeExpandable<T>(string Id, T? Object)
    where T : class, IStripeObject;

internal sealed class StripeExpandableConverter<T> : JsonConverter<StripeExpandable<T>>
    where T : class, IStripeObject
{
    public override StripeExpandable<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
            return new(reader.GetString()!, null);
        var value = JsonSerializer.Deserialize(ref reader, (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T)));
        return value is null ? throw new JsonException() : new(value.Id, value);
    }

    public override void Write(Utf8JsonWriter writer, StripeExpandable<T> value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Id);
}

internal sealed class StripeExpandableConverterFactory : JsonConverterFactory
{
    private static readonly Dictionary<Type, JsonConverter> Converters = new()
    {
        [typeof(StripeExpandable<StripeIntent>)] = new StripeExpandableConverter<StripeIntent>(),
        [typeof(StripeExpandable<StripeCharge>)] = new StripeExpandableConverter<StripeCharge>(),
        [typeof(StripeExpandable<StripeBalanceTransaction>)] = new StripeExpandableConverter<StripeBalanceTransaction>(),
    };

    public override bool CanConvert(Type typeToConvert) => Converters.ContainsKey(typeToConvert);

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) => Converters[typeToConvert];
}
