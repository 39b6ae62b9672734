using System.Net.Http.Headers;
using System.Text;

namespace Patchbay.Connectors.Contracts;

/// <summary>HTTP Basic.</summary>
public static class BasicAuthentication
{
    public static AuthenticationHeaderValue Of(string user, Secret password) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password.Reveal()}")));
}
