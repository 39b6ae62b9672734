namespace Patchbay.Sandbox.Faults;

/// <summary>A request that carries a code.</summary>
/// <param name="Identity">The same for every try of the same thing, so that "first request only" can be told.</param>
public sealed record MagicRequest(string Code, string Identity);
