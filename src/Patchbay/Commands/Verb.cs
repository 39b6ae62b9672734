using System.CommandLine;

namespace Patchbay.Commands;

/// <summary>A command with examples for its help page. Every verb also takes settings as <c>--Section:Key=value</c>.</summary>
internal class Verb : Command
{
    public Verb(string name, string description, params string[] examples)
        : base(name, description)
    {
        Examples = examples;
        TreatUnmatchedTokensAsErrors = false;   // settings are not declared; CommandLine refuses what is none
    }

    public IReadOnlyList<string> Examples { get; }
}
