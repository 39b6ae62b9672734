using Patchbay.Playing;
using System.Security.Cryptography;
using Patchbay.Sandbox;

namespace Patchbay.Demo.Props;

/// <summary>What the acts play on: the hub's API, the sandbox, and the names of what earlier acts have made.</summary>
internal sealed class Stage(HubApi platform, Uri hub, SandboxServer sandbox, TimeProvider time, Action<string> say) : IDisposable
{
    /// <summary>Told apart from earlier runs on the same database.</summary>
    public string Run { get; } = RandomNumberGenerator.GetHexString(6, lowercase: true);

    /// <summary>May create tenants and do nothing else.</summary>
    public HubApi Platform { get; } = platform;

    /// <summary>The tenant's own; there once it has a key.</summary>
    public HubApi Api { get; private set; } = null!;

    /// <summary>The tenant's key, shown at the end for looking around.</summary>
    public string Key { get; private set; } = "";

    public SandboxServer Sandbox { get; } = sandbox;

    /// <summary>Ids of integrations, by provider.</summary>
    public Dictionary<string, string> Integrations { get; } = [];

    public string ProviderOf(string integration) => Integrations.FirstOrDefault(pair => pair.Value == integration).Key ?? integration;

    public void UseKey(string key)
    {
        Key = key;
        Api = new HubApi(hub, key, time);
    }

    /// <summary>Tells what is being waited for.</summary>
    public void Say(string what) => say(what);

    /// <exception cref="Surprise">It is not so.</exception>
    public static void Expect(bool condition, string otherwise)
    {
        if (!condition)
            throw new Surprise(otherwise);
    }

    public void Dispose() => Api?.Dispose();
}
