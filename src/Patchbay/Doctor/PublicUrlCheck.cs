using Patchbay.Platform.Network;

namespace Patchbay.Doctor;

/// <summary>Providers know where to send their webhooks.</summary>
internal sealed class PublicUrlCheck(NetworkOptions options) : ICheck
{
    private const string Name = "public address";

    public async IAsyncEnumerable<Finding> RunAsync(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        yield return options.PublicUrl switch
        {
            null => Finding.Warning(Name, "Patchbay:PublicUrl is not set",
                "Set it to the address under which providers reach this hub: webhooks and their signatures depend on it."),
            { Scheme: not "https" } url =>
                Finding.Warning(Name, $"{url} is not https", "Providers send webhooks to https addresses only, sandboxes apart."),
            var url => Finding.Ok(Name, url.ToString()),
        };
    }
}
