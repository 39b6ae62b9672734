using System.Text.Json;
using Microsoft.Kiota.Abstractions.Serialization;
using Microsoft.Kiota.Serialization.Json;

namespace Patchbay.Client.Models;

/// <remarks>Decide by <see cref="Code"/>; it is null when not the hub has answered, but a proxy before it for example.</remarks>
public partial class Problem
{
    /// <summary>What is wrong with each field; empty unless <see cref="Code"/> is <c>validation_failed</c>.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> FieldErrors => (Errors?.AdditionalData ?? new Dictionary<string, object>())
        .ToDictionary(fault => fault.Key, IReadOnlyList<string> (fault) =>
            [.. (fault.Value as UntypedArray)?.GetValue().OfType<UntypedString>().Select(text => text.GetValue()!) ?? []]);

    internal static async Task<Problem> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var problem = response.Content.Headers.ContentType?.MediaType == "application/problem+json"
            ? new JsonParseNode(JsonElement.Parse(await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false)))
                .GetObjectValue(CreateFromDiscriminatorValue)
            : new Problem
            {
                Status = (int)response.StatusCode, Title = response.ReasonPhrase,
                Detail = $"{response.RequestMessage?.RequestUri?.Authority} answered {(int)response.StatusCode}, and not as the hub does: "
                    + "look at the base address, and at what stands between.",
            };
        problem.ResponseStatusCode = (int)response.StatusCode;
        problem.ResponseHeaders = response.Headers.ToDictionary(one => one.Key, one => one.Value, StringComparer.OrdinalIgnoreCase);
        return problem;
    }
}
