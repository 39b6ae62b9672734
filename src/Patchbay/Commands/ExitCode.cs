namespace Patchbay.Commands;

/// <summary>What the process tells its caller.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>The work could not be done; with <c>doctor</c>: something is wrong.</summary>
    public const int Failed = 1;

    /// <summary>The command line or a setting is not valid; nothing was tried.</summary>
    public const int WrongUsage = 2;
}
