using System.Text.Json;
using Patchbay.Connectors.Contracts;
using Patchbay.Platform.Api;

namespace Patchbay.Integrations.Routing;

/// <summary>Reads the context of a dry run.</summary>
internal static class RoutingContextReader
{
    public static RoutingContext Read(RoutingContextRequest? request, Faults faults) =>
        request is null ? new RoutingContext() : new RoutingContext
        {
            Region = request.Region,
            Country = request.Country,
            Currency = request.Currency,
            Amount = Amount(request.Amount, faults),
            Direction = request.Direction,
            Channel = request.Channel,
            CompanyId = request.CompanyId,
            RecipientCountry = request.RecipientCountry,
            Customer = Texts(request.Customer, "context.customer", faults),
            Metadata = Texts(request.Metadata, "context.metadata", faults),
            Reference = request.Reference,
        };

    private static decimal? Amount(JsonElement? element, Faults faults)
    {
        if (element is null)
            return null;
        if (PlainDecimal.TryParse(TextOf(element.Value), out var amount))
            return amount;
        faults.Add("context.amount", "must be a decimal number, for example \"100.50\"");
        return null;
    }

    private static Dictionary<string, string> Texts(IReadOnlyDictionary<string, JsonElement>? values, string path, Faults faults)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in values ?? new Dictionary<string, JsonElement>())
        {
            if (TextOf(value) is { } text)
                texts[name] = text;
            else if (value.ValueKind != JsonValueKind.Null)
                faults.Add($"{path}.{name}", "must be a text, a number, true or false");
        }

        return texts;
    }

    private static string? TextOf(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => element.GetRawText(),
        _ => ConditionReader.TextOf(element),
    };
}
