namespace Patchbay.Doctor;

/// <summary>How bad a finding is.</summary>
internal enum Severity
{
    Ok,

    /// <summary>Works, but is worth knowing.</summary>
    Warning,

    /// <summary>Something is wrong.</summary>
    Fault,
}

/// <summary>What a check found.</summary>
/// <param name="Remedy">What to do about it; null when there is nothing to do.</param>
internal sealed record Finding(string Check, Severity Severity, string Found, string? Remedy = null)
{
    public static Finding Ok(string check, string found) => new(check, Severity.Ok, found);

    public static Finding Warning(string check, string found, string remedy) => new(check, Severity.Warning, found, remedy);

    public static Finding Fault(string check, string found, string remedy) => new(check, Severity.Fault, found, remedy);
}
