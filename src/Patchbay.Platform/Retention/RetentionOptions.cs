using System.ComponentModel.DataAnnotations;
using Patchbay.Platform.Api;
using Patchbay.Platform.Features;

namespace Patchbay.Platform.Retention;

/// <summary>
/// Settings under <c>Patchbay:Retention</c>: how long what has ended is kept, by the name of what it is (<see cref="Retained.Name"/>), from
/// 1 to 3650 days.
/// </summary>
[Settings("Retention")]
public sealed class RetentionOptions() : Dictionary<string, TimeSpan>(StringComparer.OrdinalIgnoreCase), IValidatableObject
{
    private static readonly TimeSpan Least = TimeSpan.FromDays(1);
    private static readonly TimeSpan Most = TimeSpan.FromDays(3650);

    public TimeSpan Of(Retained retained) => TryGetValue(retained.Name, out var kept) ? kept : retained.Default;

    /// <exception cref="SettingsException">A setting is of nothing that is kept.</exception>
    public void CheckNames(IEnumerable<Retained> tables)
    {
        var names = tables.Select(table => table.Name).ToList();
        var unknown = Keys.Where(key => !names.Contains(key, StringComparer.OrdinalIgnoreCase)).ToList();
        if (unknown.Count > 0)
            throw new SettingsException(unknown.Select(key => $"Patchbay:Retention:{key} is not a setting{Nearest.Hint(key, names)}"));
    }

    IEnumerable<ValidationResult> IValidatableObject.Validate(ValidationContext validationContext) =>
        this.Where(pair => pair.Value < Least || pair.Value > Most)
            .Select(pair => new ValidationResult($"{pair.Key} must be from {Least:c} to {Most:c}; it is {pair.Value:c}."));
}
