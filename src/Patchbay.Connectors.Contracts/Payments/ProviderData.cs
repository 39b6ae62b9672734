namespace Patchbay.Connectors.Contracts;

/// <summary>What a connector keeps with a payment, see <see cref="PaymentState.ProviderData"/>.</summary>
public static class ProviderData
{
    /// <param name="ids">By their keys; what is null or empty is left out.</param>
    public static IReadOnlyDictionary<string, string> Of(params ReadOnlySpan<(string Key, string? Id)> ids)
    {
        var data = new Dictionary<string, string>();
        foreach (var (key, id) in ids)
        {
            if (!string.IsNullOrEmpty(id))
                data[key] = id;
        }

        return data;
    }
}
