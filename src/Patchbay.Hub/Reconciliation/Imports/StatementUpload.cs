using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using Patchbay.Connectors.Contracts;
using Patchbay.Hub.Reconciliation.Files;
using Patchbay.Integrations.Deliveries;
using Patchbay.Platform.Api;
using Patchbay.Storage;

namespace Patchbay.Hub.Reconciliation.Imports;

/// <summary>A statement as it was sent: a form of several parts, the file among them.</summary>
internal sealed record StatementUpload(StatementFile File, IntegrationId? Integration)
{
    private const int MaxField = 64 * 1024;
    private const int MaxParts = 8;
    private const int MaxBoundary = 200;

    private static readonly string[] Parts = ["file", "format", "mapping", "integration_id"];

    /// <summary>Everything that the answer depends on: what idempotency keys are compared by, and how the file is to be read.</summary>
    public byte[] Form => Encoding.UTF8.GetBytes(
        $"{File.SeenFormat}\n{Integration}\n{JsonSerializer.Serialize(File.Mapping, HubJson.Stored)}");

    public static async Task<Result<StatementUpload, Error>> ReadAsync(
        HttpContext http, JsonSerializerOptions json, CancellationToken cancellationToken)
    {
        if (BoundaryOf(http.Request.ContentType) is not { } boundary)
            return ApiErrors.UnsupportedMediaType.With("Send it as multipart/form-data, with the file in the part named file.");
        const int MaxBody = StatementFile.MaxBytes + MaxParts * MaxField;
        if (http.Request.ContentLength > MaxBody)
            return TooLarge();
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = MaxBody;
        try
        {
            var faults = new Faults();
            var parts = await PartsAsync(new MultipartReader(boundary, http.Request.Body), faults, cancellationToken);
            return !parts.IsSuccess ? parts.Error : Read(parts.Value, json, faults);
        }
        catch (BadHttpRequestException exception)
        {
            return exception.StatusCode == StatusCodes.Status413PayloadTooLarge ? TooLarge() : Unreadable();
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException)
        {
            return Unreadable();
        }
    }

    private static async Task<Result<Dictionary<string, byte[]>, Error>> PartsAsync(
        MultipartReader reader, Faults faults, CancellationToken cancellationToken)
    {
        var parts = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        for (var number = 0; await reader.ReadNextSectionAsync(cancellationToken) is { } section; number++)
        {
            var name = ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition)
                ? HeaderUtilities.RemoveQuotes(disposition.Name).ToString() : "";
            if (number >= MaxParts || !Parts.Contains(name, StringComparer.Ordinal))
            {
                faults.Add("body", $"has a part that is none of {string.Join(", ", Parts)}");
                break;
            }

            if (await BytesAsync(section.Body, name == "file" ? StatementFile.MaxBytes : MaxField, cancellationToken) is not { } bytes)
                return TooLarge();
            faults.Require(parts.TryAdd(name, bytes), name, "is there twice");
        }

        return parts;
    }

    private static Result<StatementUpload, Error> Read(Dictionary<string, byte[]> parts, JsonSerializerOptions json, Faults faults)
    {
        var file = parts.GetValueOrDefault("file");
        faults.Require(file is { Length: > 0 }, "file", file is null ? "is required" : "is empty");
        var format = faults.Word<StatementFormat>(TextOf("format"), "format");
        IntegrationId? integration = null;
        if (TextOf("integration_id") is { } text)
        {
            faults.Require(TypeId.TryParse<IntegrationId>(text, out var id), "integration_id", "is not an id of the form int_...");
            integration = id;
        }

        var mapping = parts.GetValueOrDefault("mapping") is { } given ? Body<StatementMapping>.Read(given, json) : null;
        if (mapping?.Error is { } wrong)
        {
            return wrong.Fields is null
                ? Error.Invalid("mapping", wrong.Detail) : wrong with { Fields = wrong.Fields.ToDictionary(At, field => field.Value) };
        }

        return faults.Any ? faults.ToError() : new StatementUpload(new StatementFile(file!, format, mapping?.Value), integration);

        string? TextOf(string name) =>
            parts.GetValueOrDefault(name) is { Length: > 0 } bytes ? Encoding.UTF8.GetString(bytes).Trim() : null;

        static string At(KeyValuePair<string, string[]> field) => field.Key == "body" ? "mapping" : MappingInput.At(field.Key);
    }

    /// <summary>Null when there are more.</summary>
    private static async Task<byte[]?> BytesAsync(Stream body, int max, CancellationToken cancellationToken)
    {
        var buffer = new MemoryStream();
        var chunk = new byte[16 * 1024];
        int read;
        while ((read = await body.ReadAsync(chunk, cancellationToken)) > 0)
        {
            if (buffer.Length + read > max)
                return null;
            buffer.Write(chunk, 0, read);
        }

        return buffer.ToArray();
    }

    private static string? BoundaryOf(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type)
            && type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
            && HeaderUtilities.RemoveQuotes(type.Boundary).ToString() is { Length: > 0 and <= MaxBoundary } boundary ? boundary : null;

    private static Error TooLarge() => ApiErrors.BodyTooLarge.With($"At most {StatementFile.MaxBytes} bytes are accepted as the file.");

    private static Error Unreadable() => ApiErrors.UnreadableBody.With("The form ended early or was sent wrongly.");
}
