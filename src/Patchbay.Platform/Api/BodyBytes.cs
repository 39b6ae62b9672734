using Microsoft.AspNetCore.Http;

namespace Patchbay.Platform.Api;

/// <summary>Reads a request body whole, up to a limit.</summary>
public static class BodyBytes
{
    public const int MaxBytes = 1024 * 1024;

    public static async Task<(byte[] Raw, Error? Error)> ReadAsync(HttpContext context, int max = MaxBytes)
    {
        var request = context.Request;
        if (request.ContentLength > max)
            return ([], TooLarge(max));
        var buffer = new MemoryStream(request.ContentLength is { } length ? (int)length : 1024);
        try
        {
            var chunk = new byte[16 * 1024];
            int read;
            while ((read = await request.Body.ReadAsync(chunk, context.RequestAborted)) > 0)
            {
                if (buffer.Length + read > max)
                    return ([], TooLarge(max));
                buffer.Write(chunk, 0, read);
            }
        }
        catch (BadHttpRequestException exception)
        {
            return ([], exception.StatusCode == StatusCodes.Status413PayloadTooLarge ? TooLarge(max) : ApiErrors.UnreadableBody.With(
                "The body ended early or was sent wrongly."));
        }

        return (buffer.ToArray(), null);
    }

    private static Error TooLarge(int max) =>
        ApiErrors.BodyTooLarge.With($"At most {max} bytes are accepted.");
}
