namespace Patchbay.Integrations.Deliveries;

/// <summary>A handler whose deliveries not everybody may act on who may act on deliveries.</summary>
public interface IGuarded
{
    /// <summary>See <see cref="ProviderCapability.Permission"/>.</summary>
    string? Permission { get; }
}
