using System.Data.Common;
using Patchbay.Hosting;
using Patchbay.Platform.Api;
using Patchbay.Platform.Features;
using Patchbay.Server.Shards.Moving;
using Patchbay.Platform.Vault;
using Patchbay.Storage;

namespace Patchbay.Commands;

/// <summary>
/// Failures that a person can do something about are told in a sentence; everything else is a bug and keeps its stack trace.
/// </summary>
internal static class Faults
{
    public static (string Message, int ExitCode)? Explain(Exception exception) => exception switch
    {
        RefusedException refused => (refused.Message, refused.IsWrongUsage ? ExitCode.WrongUsage : ExitCode.Failed),
        SettingsException => (exception.Message, ExitCode.WrongUsage),
        _ when ListenAddresses.Explain(exception) is { } why => (why, ExitCode.WrongUsage),
        MigrationException or MasterKeyException or BackupException or MoveRefusedException => (exception.Message, ExitCode.Failed),
        DbException database when database.LacksTable() => (
            "The database has no tables of Patchbay: say where the hub's is with --data or --database, or make them with patchbay migrate.",
            ExitCode.Failed),
        DbException => (
            $"The database does not do what it should: {Sentence.Of(exception.Message)} 'patchbay doctor' tells more.", ExitCode.Failed),
        IOException or UnauthorizedAccessException => (exception.Message, ExitCode.Failed),
        _ => null,
    };
}
