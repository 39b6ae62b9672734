using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Patchbay.Commands;

/// <summary>The usual help, then examples and exit codes.</summary>
internal sealed class HelpPage(HelpAction usual) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        var output = parseResult.InvocationConfiguration.Output;
        var command = parseResult.CommandResult.Command;
        command.TreatUnmatchedTokensAsErrors = true;   // else the page speaks of arguments passed on to another program
        var code = usual.Invoke(parseResult);
        var examples = command is Verb verb ? verb.Examples : CommandLine.Examples;
        if (examples.Count > 0)
        {
            output.WriteLine("Examples:");
            foreach (var example in examples)
                output.WriteLine("  " + example);
            output.WriteLine();
        }

        output.WriteLine("Settings:");
        output.WriteLine("  Any setting can follow as --Section:Key=value, --Patchbay:Node:Heartbeat=00:00:01 for example,");
        output.WriteLine("  or stand in the environment as Patchbay__Node__Heartbeat.");
        output.WriteLine();
        output.WriteLine("Exit codes:");
        output.WriteLine(command is DoctorCommand
            ? "  0 nothing is wrong (there may be warnings), 1 something is wrong, 2 wrong usage"
            : "  0 done, 1 failed, 2 wrong usage");
        return code;
    }
}
