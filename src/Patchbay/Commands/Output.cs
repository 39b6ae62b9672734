using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using Patchbay.Hosting;
using Patchbay.Platform.Api;

namespace Patchbay.Commands;

/// <summary>Prints what a verb made, for people or with <c>--json</c> for programs.</summary>
internal static class Output
{
    private static readonly JsonSerializerOptions Indented =
        new(HubJson.Options) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Print(ParseResult parsed, object json, Action<TextWriter> text)
    {
        var output = parsed.InvocationConfiguration.Output;
        if (parsed.GetValue(CommonOptions.Json))
            output.WriteLine(JsonSerializer.Serialize(json, Indented));
        else
            text(output);
    }
}
