using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Patchbay.Sandbox;
using Patchbay.Sandbox.Running;
using Patchbay.Server.Composition;

namespace Patchbay.TestKit;

/// <summary>What a test changes about the hub it starts.</summary>
public sealed class HubHostOptions
{
    /// <summary>Further connectors, beside the built-in ones.</summary>
    public IList<Assembly> ConnectorAssemblies { get; } = [];

    /// <summary>Further features, beside the built-in ones.</summary>
    public IList<Assembly> FeatureAssemblies { get; } = [];

    /// <summary>Providers shared with another host; null: a sandbox of its own, which ends with the host.</summary>
    public SandboxServer? Sandbox { get; set; }

    /// <summary>For a sandbox of its own. Its customers and carriers act at once unless told otherwise.</summary>
    public SandboxOptions SandboxOptions { get; } = new()
    {
        CustomerDelay = TimeSpan.FromMilliseconds(20),
        ReceiptDelay = TimeSpan.FromMilliseconds(20),
        WebhookRetryDelay = TimeSpan.FromMilliseconds(50),
    };

    /// <summary>The hub's clock; null: the real one.</summary>
    public TimeProvider? Time { get; set; }

    /// <summary>Which part of each delay is waited, from 0 up to 1; null: random. With 0 every retry comes at once.</summary>
    public Func<double>? Jitter { get; set; }

    /// <summary>The last word on the hub's settings.</summary>
    public Action<HubOptions>? Hub { get; set; }

    /// <summary>The last word on its services.</summary>
    public Action<IServiceCollection>? Services { get; set; }
}
