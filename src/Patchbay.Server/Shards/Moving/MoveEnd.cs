using Patchbay.Storage;

namespace Patchbay.Server.Shards.Moving;

/// <summary>One end of a move.</summary>
public sealed record MoveEnd(string Name, Database Database, Ledger Ledger);
