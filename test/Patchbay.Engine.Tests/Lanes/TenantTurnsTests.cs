using Patchbay.Engine.Tests.Support;
using Patchbay.Storage;

namespace Patchbay.Engine.Tests.Lanes;

public sealed class TenantTurnsTests
{
    private static readonly TenantId A = ADelivery.Ids.New<TenantId>();
    private static readonly TenantId B = ADelivery.Ids.New<TenantId>();

    private readonly TenantTurns<string> _turns = new();

    [Fact]
    public void Tenants_take_turns_and_within_one_the_first_comes_first()
    {
        foreach (var item in new[] { "a1", "a2", "a3" })
            _turns.Add(A, item);
        _turns.Add(B, "b1");
        _turns.Add(B, "b2");

        Assert.Equal(["a1", "b1", "a2", "b2", "a3", null], Enumerable.Range(0, 6).Select(_ => Take()));
        Assert.Equal((0, 0), (_turns.CountOf(A), _turns.CountOf(B)));
    }

    [Fact]
    public void A_tenant_that_may_not_is_passed_over_and_keeps_its_place()
    {
        _turns.Add(A, "a1");
        _turns.Add(B, "b1");

        Assert.Equal("b1", Take(tenant => tenant != A));
        Assert.Null(Take(tenant => tenant != A));
        Assert.Equal("a1", Take());
    }

    private string? Take(Func<TenantId, bool>? may = null) => _turns.TryTake(out var item, may) ? item : null;
}
