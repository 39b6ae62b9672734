using System.Globalization;
using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.WaBusiness;

/// <summary>The bodies that send. One that cannot be made is refused before anything is sent.</summary>
/// <remarks>Source: https://developers.facebook.com/docs/whatsapp/cloud-api/guides/send-message-templates.</remarks>
internal static class WaBusinessBodies
{
    public static Result<WaBusinessBody, ProviderFailure> Of(WhatsAppRequest request, Connection connection)
    {
        if (request.From is { Length: > 0 } from && from != connection.Value("phone_number_id"))
            return WaBusinessFailures.NotOurNumber(from);
        if (request.Template is not { } template)
        {
            return new WaBusinessBody(request.To.Digits, "text", request.MessageId)
            {
                Text = new WaBusinessText(request.Body ?? ""),
            };
        }

        if (template.Language is not { Length: > 0 } language)
            return WaBusinessFailures.NoLanguage(template.Name);
        return Parameters(template).Map(parameters => new WaBusinessBody(request.To.Digits, "template", request.MessageId)
        {
            Template = new WaBusinessTemplate(template.Name, new WaBusinessLanguage(language))
            {
                Components = parameters.Count == 0 ? null : [new WaBusinessComponent(parameters)],
            },
        });
    }

    /// <summary>Numbered placeholders go by their order and have no names, others by name: a template has either.</summary>
    private static Result<IReadOnlyList<WaBusinessParameter>, ProviderFailure> Parameters(WhatsAppTemplate template)
    {
        var numbers = Enumerable.Range(1, template.Data.Count).Select(number => number.ToString(CultureInfo.InvariantCulture)).ToList();
        if (numbers.TrueForAll(template.Data.ContainsKey))
            return numbers.ConvertAll(number => new WaBusinessParameter(template.Data[number]));
        return template.Data.Keys.Any(key => key.All(char.IsAsciiDigit))
            ? WaBusinessFailures.GapInData(template.Name)
            : template.Data.Select(pair => new WaBusinessParameter(pair.Value, pair.Key)).ToList();
    }
}
