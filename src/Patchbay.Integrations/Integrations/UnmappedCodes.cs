using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Patchbay.Connectors.Contracts;
using Patchbay.Platform.ShardNames;

namespace Patchbay.Integrations.Integrations;

/// <summary>
/// Counts and logs the codes of providers that their connectors do not know. They count by their status, are kept with what they came with
/// and shown as they are; a row in the connector's table gives them a reason.
/// </summary>
public sealed partial class UnmappedCodes
{
    private readonly Counter<long> _met;
    private readonly ILogger<UnmappedCodes> _logger;

    public UnmappedCodes(IMeterFactory meters, ILogger<UnmappedCodes> logger)
    {
        _met = meters.Create("Patchbay.Hub").CreateCounter<long>(
            "patchbay.provider.unmapped_codes", description: "Failures whose code the provider's connector does not know");
        _logger = logger;
    }

    public void Look(string provider, ProviderFailure failure)
    {
        if (failure.IsUnmapped)
            Count(provider, failure.Code, failure.Message);
    }

    /// <param name="told">What an answer or a webhook says; null when nothing.</param>
    public void Look(string provider, object? told)
    {
        if (told is ITellFailure { Failure: { Reason: null } failure })
            Count(provider, failure.Code, failure.Message);
    }

    private void Count(string provider, string code, string? message)
    {
        var tags = new TagList { { "provider", provider } };
        ShardName.Label(ref tags);
        _met.Add(1, tags);
        LogMet(provider, code, message);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Provider} answered the code {Code}, which its connector does not know: {Text}")]
    private partial void LogMet(string provider, string code, string? text);
}
