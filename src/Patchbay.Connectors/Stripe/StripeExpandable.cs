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
    public override bool CanConvert(Type typeToConvert) =>
        typeToConvert == typeof(StripeExpandable<StripeIntent>) || typeToConvert == typeof(StripeExpandable<StripeCharge>);

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        typeToConvert == typeof(StripeExpandable<StripeIntent>)
            ? new StripeExpandableConverter<StripeIntent>()
            : new StripeExpandableConverter<StripeCharge>();
}
