namespace Patchbay;

internal static class Program
{
    private static Task<int> Main(string[] args) => Commands.CommandLine.RunAsync(args);
}
