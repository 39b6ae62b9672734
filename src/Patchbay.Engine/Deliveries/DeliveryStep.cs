namespace Patchbay.Engine;

/// <summary>What is done next with a delivery.</summary>
public abstract record DeliveryStep
{
    private DeliveryStep()
    {
    }

    /// <summary>It is carried out.</summary>
    public sealed record Done : DeliveryStep;

    /// <summary>Call again, on the same lane.</summary>
    public sealed record RetryAt(DateTimeOffset When) : DeliveryStep;

    /// <summary>Ask the provider what happened.</summary>
    public sealed record LookUpAt(DateTimeOffset When) : DeliveryStep;

    /// <summary>Go to the next lane of the fallback list, at once.</summary>
    public sealed record FallBack : DeliveryStep;

    /// <summary>Give up; see <see cref="ExhaustReason"/>.</summary>
    public sealed record Exhaust(string Reason) : DeliveryStep;

    /// <summary>Nothing more can be found out by machine: wait for a person.</summary>
    public sealed record Hold : DeliveryStep;
}
