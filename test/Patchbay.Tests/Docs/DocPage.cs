using System.Text.RegularExpressions;
using Patchbay.TestKit;

namespace Patchbay.Tests.Docs;

/// <summary>A page of the documentation as a reader follows it: its commands, and what it says comes of them.</summary>
internal sealed partial class DocPage(string name, string text)
{
    public string Name { get; } = name;

    /// <summary>The <c>sh</c> blocks in their order, each with the <c>text</c> block that stands right below it.</summary>
    public IReadOnlyList<Step> Steps { get; } =
    [
        .. Blocks().Matches(text).Select(block => new Step(
            text.AsSpan(0, block.Index).Count('\n') + 2, block.Groups["commands"].Value,
            block.Groups["output"] is { Success: true } output ? output.Value.Trim() : null)),
    ];

    /// <param name="name">Under the root of the sources.</param>
    public static DocPage Read(string name) => new(name, File.ReadAllText(Path.Combine(Repository.Root, name)));

    [GeneratedRegex(@"^```sh\n(?<commands>.*?)^```\n(\n*^```text\n(?<output>.*?)^```)?", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Blocks();

    /// <param name="Line">Of the page, where the commands begin.</param>
    /// <param name="Output">Null when the page does not say.</param>
    internal sealed partial record Step(int Line, string Commands, string? Output)
    {
        /// <summary>Whether it changes nothing, so that a reader can look again until what takes a moment has happened.</summary>
        public bool OnlyLooks => !Changing().IsMatch(Commands);

        /// <summary>
        /// Whether an output is what the page shows: <c>...</c> stands for anything, the end of a line for any white space.
        /// A page that shows none promises that nothing was refused.
        /// </summary>
        public bool IsShown(string output) => Output is null
            ? !output.Contains("\"type\":\"/docs/errors#", StringComparison.Ordinal)
            : Regex.IsMatch(
                output.Trim(),
                "^" + string.Join(".*?", Output.Split("...").Select(part =>
                    string.Join(@"\s*", part.Split('\n').Select(line => Regex.Escape(line.Trim(' ')))))) + "$",
                RegexOptions.Singleline);

        [GeneratedRegex(@" -d | -X |&\s*$", RegexOptions.Multiline)]
        private static partial Regex Changing();
    }
}
