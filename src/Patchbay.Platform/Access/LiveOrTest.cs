using Patchbay.Storage;

namespace Patchbay.Platform.Access;

/// <summary>Whether a key is live, as a word.</summary>
internal sealed class LiveOrTest : IStoredAs<bool, string>
{
    public static string Write(bool value) => value ? "live" : "test";

    public static bool Read(Row row, string column) => row.Text(column) == "live";
}
