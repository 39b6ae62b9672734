using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;

namespace Patchbay.Platform.Api;

/// <summary>A page of a list; <c>next_cursor</c> is null on the last one.</summary>
public sealed record Page<T>(IReadOnlyList<T> Data, string? NextCursor, bool HasMore)
{
    /// <summary>From one row more than was asked for.</summary>
    public static Page<T> Of(IReadOnlyList<T> rows, int limit, Func<T, Guid> id)
    {
        var data = rows.Count > limit ? rows.Take(limit).ToArray() : rows;
        var more = rows.Count > limit;
        return new Page<T>(data, more ? PageRequest.Encode(id(data[^1])) : null, more);
    }

    public Page<TOther> Select<TOther>(Func<T, TOther> map) => new(Data.Select(map).ToArray(), NextCursor, HasMore);
}

/// <summary>Which page is asked for: <c>limit</c> from 1 to 200, 50 by default, and an opaque <c>cursor</c>.</summary>
/// <param name="Before">Rows with lower ids are wanted; ids are made in the order of time.</param>
public sealed record PageRequest(int Limit, Guid Before, Error? Error) : IChecked, IEndpointParameterMetadataProvider
{
    internal const string LimitRule = "must be a whole number from 1 to 200";

    public static readonly Guid FromNewest = new("ffffffff-ffff-ffff-ffff-ffffffffffff");

    public static readonly QueryParameter LimitParameter = new("limit", "int32") { Description = "1 to 200; 50 by default." };

    /// <summary>Where it stands in the query.</summary>
    public static readonly IReadOnlyList<QueryParameter> Parameters =
    [
        LimitParameter,
        new("cursor") { Description = "next_cursor of the page before." },
    ];

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder)
    {
        foreach (var one in Parameters)
            builder.Metadata.Add(one);
    }

    public static ValueTask<PageRequest> BindAsync(HttpContext context) => ValueTask.FromResult(Of(context));

    internal static PageRequest Of(HttpContext context)
    {
        var query = context.Request.Query;
        var limit = 50;
        if (query.TryGetValue("limit", out var limits) && !TryLimit(limits.ToString(), out limit))
            return new PageRequest(50, FromNewest, Error.Invalid("limit", LimitRule));
        var before = FromNewest;
        if (query.TryGetValue("cursor", out var cursor) && !TryDecode(cursor.ToString(), out before))
            return new PageRequest(
                50, FromNewest, Error.Invalid("cursor", "is not a cursor of this API; take next_cursor from the page before"));
        return new PageRequest(limit, before, null);
    }

    internal static bool TryLimit(string text, out int limit) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out limit) && limit is >= 1 and <= 200;

    public static string Encode(Guid id) => Base64Url.EncodeToString(id.ToByteArray(bigEndian: true));

    private static bool TryDecode(string text, out Guid id)
    {
        id = default;
        Span<byte> bytes = stackalloc byte[32];
        if (text.Length != 22 || Base64Url.DecodeFromChars(text, bytes, out _, out var length) != OperationStatus.Done || length != 16)
            return false;
        id = new Guid(bytes[..16], bigEndian: true);
        return true;
    }
}
