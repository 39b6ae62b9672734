using Patchbay.Connectors.Contracts;
using Patchbay.Storage;

namespace Patchbay.Platform.Api;

/// <summary>Work of the domain, answered over HTTP.</summary>
public static class Replying
{
    public static LedgerWork<Result<Reply, Error>> As<T>(this LedgerWork<Result<T, Error>> work, Func<T, Reply> reply) =>
        new ReplyingWork<T>(work, reply);

    private sealed class ReplyingWork<T>(LedgerWork<Result<T, Error>> work, Func<T, Reply> reply) : LedgerWork<Result<Reply, Error>>
    {
        public override void Need(LedgerNeeds needs) => work.Need(needs);

        public override Result<Reply, Error> Decide(LedgerRows rows) => work.Decide(rows).Map(reply);
    }
}
