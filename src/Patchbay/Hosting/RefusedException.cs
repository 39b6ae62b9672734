using Patchbay.Platform.Api;

namespace Patchbay.Hosting;

/// <summary>The hub refuses what a verb asks for.</summary>
internal sealed class RefusedException(string why) : Exception(why)
{
    /// <summary>As it would refuse it over the API.</summary>
    public RefusedException(Error error)
        : this(Describe(error)) => IsWrongUsage = error.Fields is not null;

    /// <summary>What was asked for is not valid, rather than not possible now.</summary>
    public bool IsWrongUsage { get; }

    private static string Describe(Error error) => error.Fields is { } fields
        ? string.Join(Environment.NewLine, fields.SelectMany(field => field.Value.Select(message => $"{field.Key} {message}")))
        : error.Detail;
}
