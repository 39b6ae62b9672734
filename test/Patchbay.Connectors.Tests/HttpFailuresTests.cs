using System.Net;
using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.Tests;

/// <summary>What a status proves: only what is certain to have done nothing may be done again without a look.</summary>
public sealed class HttpFailuresTests
{
    [Theory]
    [InlineData(302, FailureOutcome.Unknown, false)]
    [InlineData(400, FailureOutcome.Rejected, true)]
    [InlineData(404, FailureOutcome.Rejected, true)]
    [InlineData(408, FailureOutcome.Transient, false)]
    [InlineData(409, FailureOutcome.Transient, false)]
    [InlineData(425, FailureOutcome.Transient, true)]
    [InlineData(429, FailureOutcome.Transient, true)]
    [InlineData(500, FailureOutcome.Transient, false)]
    [InlineData(502, FailureOutcome.Transient, false)]
    [InlineData(503, FailureOutcome.Transient, false)]
    [InlineData(504, FailureOutcome.Transient, false)]
    public void A_status_proves_what_happened_or_leaves_it_open(int status, FailureOutcome outcome, bool nothingHappened)
    {
        using var answer = new HttpResponseMessage((HttpStatusCode)status);
        var reply = new ProviderReply(answer.StatusCode, answer.Headers, ReadOnlyMemory<byte>.Empty, DateTimeOffset.UnixEpoch);

        var failure = HttpFailures.Classify(reply, null, null);

        Assert.Equal((outcome, nothingHappened), (failure.Outcome, failure.NothingHappened));
    }
}
