namespace Patchbay.Server.Http;

/// <summary>What somebody who finds the hub running does first: the page at <c>/</c> shows it.</summary>
/// <param name="Says">For people, in a sentence or two.</param>
/// <param name="Command">For a shell; <see cref="Address"/> in it stands for where the page was asked for.</param>
public sealed record NextStep(string Says, string Command)
{
    public const string Address = "HUB_ADDRESS";
}
