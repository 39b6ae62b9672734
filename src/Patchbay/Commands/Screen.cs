using Spectre.Console;

namespace Patchbay.Commands;

/// <summary>A console for tables: as wide as the terminal, or 120 columns where there is none; colours only on a terminal.</summary>
internal static class Screen
{
    private const int WidthOfFiles = 120;

    public static IAnsiConsole On(TextWriter output)
    {
        var screen = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });
        if (Console.IsOutputRedirected)
        {
            screen.Profile.Width = WidthOfFiles;
            screen.Profile.Capabilities.Ansi = false;
        }

        return screen;
    }
}
