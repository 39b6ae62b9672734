using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Patchbay.Connectors.TextLocal;

/// <summary>Every command's answer, as far as it is read. https://api.txtlocal.com/docs/sendsms</summary>
/// <param name="Status"><c>success</c> or <c>failure</c>.</param>
/// <param name="Message">What is sent, the same to everybody.</param>
/// <param name="Messages">One for each recipient.</param>
/// <param name="Warnings">Their codes are not those of errors.</param>
internal sealed record TextLocalAnswer(
    string? Status = null, TextLocalText? Message = null, IReadOnlyList<JsonElement>? Messages = null,
    IReadOnlyList<TextLocalError>? Errors = null, IReadOnlyList<TextLocalError>? Warnings = null)
{
    /// <summary>Null when it names none.</summary>
    [JsonIgnore]
    public string? Code => Errors is [{ Code: { } code }, ..] ? code.ToString(CultureInfo.InvariantCulture) : null;

    /// <summary>The texts of errors and warnings; null when there are none.</summary>
    [JsonIgnore]
    public string? Why
    {
        get
        {
            var said = string.Join(
                ": ", (Errors ?? []).Concat(Warnings ?? []).Select(error => error.Message).Where(text => !string.IsNullOrEmpty(text)));
            return said.Length > 0 ? said : null;
        }
    }
}

internal sealed record TextLocalText(int? NumParts = null);

internal sealed record TextLocalError(int? Code = null, string? Message = null);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, NumberHandling = JsonNumberHandling.AllowReadingFromString,
    RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(TextLocalAnswer))]
internal sealed partial class TextLocalJson : JsonSerializerContext;
