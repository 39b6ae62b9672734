using Patchbay.Platform.Api;

namespace Patchbay.Hosting;

/// <summary>The hub refuses what a verb asks for, as it would over the API.</summary>
internal sealed class RefusedException(Error error) : Exception(Describe(error))
{
    /// <summary>What was asked for is not valid, rather than not possible now.</summary>
    public bool IsWrongUsage { get; } = error.Fields is not null;

    private static string Describe(Error error) => error.Fields is { } fields
        ? string.Join(Environment.NewLine, fields.SelectMany(field => field.Value.Select(message => $"{field.Key} {message}")))
        : error.Detail;
}
