using Patchbay.Platform.Api;

namespace Patchbay.Hub.Mirror.Names;

/// <summary>What the mirror does not allow.</summary>
internal static class MirrorErrors
{
    public static readonly ErrorCode Taken = new(409, "external_id_taken", "the business system's id is there already: PUT writes it anew");
}
