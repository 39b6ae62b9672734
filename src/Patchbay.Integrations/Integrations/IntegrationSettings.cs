using System.Text.Json.Nodes;
using Patchbay.Connectors.Contracts;
using Patchbay.Engine;
using Patchbay.Platform.Api;

namespace Patchbay.Integrations.Integrations;

/// <summary>
/// What may stand in an integration's <c>settings</c>: <c>requests_per_second</c>, <c>concurrency</c>, <c>timeout_seconds</c>,
/// <c>retry {tries, window_seconds, first_delay_seconds}</c>, and further texts that the manifest names.
/// </summary>
public sealed record IntegrationSettings(
    double? RequestsPerSecond, int? Concurrency, int? TimeoutSeconds, int? Tries, int? WindowSeconds, double? FirstDelaySeconds)
{
    private static readonly string[] Names = ["requests_per_second", "concurrency", "timeout_seconds", "retry"];
    private static readonly string[] RetryNames = ["tries", "window_seconds", "first_delay_seconds"];

    public static IntegrationSettings Read(JsonObject settings, Faults? faults = null)
    {
        var retry = settings["retry"] as JsonObject;
        if (settings["retry"] is not null && retry is null)
            faults?.Add("settings.retry", "must be an object");
        return new IntegrationSettings(
            Number(settings, "requests_per_second", 0.01, 10_000, "settings.requests_per_second", faults),
            Whole(settings, "concurrency", 1, 10_000, "settings.concurrency", faults),
            Whole(settings, "timeout_seconds", 1, 120, "settings.timeout_seconds", faults),
            Whole(retry, "tries", 1, 50, "settings.retry.tries", faults),
            Whole(retry, "window_seconds", 1, 604_800, "settings.retry.window_seconds", faults),
            Number(retry, "first_delay_seconds", 0.05, 3_600, "settings.retry.first_delay_seconds", faults));
    }

    /// <summary>A name that nothing reads is a limit that does not hold, and a text that cannot be sent fails every call.</summary>
    public static void Check(JsonObject settings, ProviderManifest manifest, Faults faults)
    {
        CheckNames(settings, "settings", [.. Names, .. manifest.Settings]);
        if (settings["retry"] is JsonObject retry)
            CheckNames(retry, "settings.retry", RetryNames);
        foreach (var (name, value) in settings)
        {
            if (value is JsonValue entry && entry.TryGetValue<string>(out var text))
                faults.Sendable(text, $"settings.{name}");
        }

        void CheckNames(JsonObject given, string path, string[] known)
        {
            foreach (var name in given.Select(field => field.Key).Except(known))
                faults.Add($"{path}.{name}", $"is not a setting of {manifest.Name}{Nearest.Hint(name, known)}");
        }
    }

    public DeliveryRules Apply(DeliveryRules rules) => rules with
    {
        Tries = Tries ?? rules.Tries,
        Window = WindowSeconds is { } window ? TimeSpan.FromSeconds(window) : rules.Window,
        FirstDelay = FirstDelaySeconds is { } delay ? TimeSpan.FromSeconds(delay) : rules.FirstDelay,
    };

    private static int? Whole(JsonObject? node, string name, int low, int high, string field, Faults? faults)
    {
        var read = Number(node, name, low, high, field, faults);
        if (read is null || read == Math.Floor(read.Value))
            return (int?)read;
        faults?.Add(field, "must be a whole number");
        return null;
    }

    private static double? Number(JsonObject? node, string name, double low, double high, string field, Faults? faults)
    {
        if (node?[name] is not { } value)
            return null;
        if (value is JsonValue number && number.TryGetValue<double>(out var read) && read >= low && read <= high)
            return read;
        faults?.Add(field, $"must be a number from {low} to {high}");
        return null;
    }
}
