using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Patchbay.Connectors.Contracts;
using Patchbay.Hub.Affiliates.Leads;
using Patchbay.Hub.Affiliates.Terms;
using Patchbay.Platform.Api;
using Patchbay.Platform.Files;
using Patchbay.Platform.Jobs;
using Patchbay.Storage;

namespace Patchbay.Hub.Affiliates.Imports;

/// <summary>What was read of a file.</summary>
/// <param name="Hash">SHA-256 of its bytes.</param>
internal sealed record ReceivedFile(JobId Import, int Rows, int Refused, byte[] Hash);

/// <summary>
/// Reads a file of leads while it arrives and puts it down in packs, so that no file is ever in memory whole. Packs that no import names,
/// because the sender went away, are removed later.
/// </summary>
public sealed class ImportReceiver(Ledger ledger, IdGenerator ids, TimeProvider time)
{
    public const int MaxRows = 50_000;
    public const int MaxBytes = 16 * 1024 * 1024;

    private const int PackSize = 500;

    internal async Task<Result<ReceivedFile, Error>> ReceiveAsync(HttpContext http, TenantId tenant, CancellationToken cancellationToken)
    {
        if (http.Request.ContentLength > MaxBytes)
            return TooLarge();
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = MaxBytes;
        using var hash = SHA256.Create();
        await using var hashed = new CryptoStream(http.Request.Body, hash, CryptoStreamMode.Read, leaveOpen: true);
        using var text = new StreamReader(
            hashed, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true),
            detectEncodingFromByteOrderMarks: false);
        try
        {
            var read = await ReadAsync(new CsvReader(text), tenant, cancellationToken);
            return read.Map(file => file with { Hash = hash.Hash! });
        }
        catch (DecoderFallbackException)
        {
            return AffiliateErrors.NotUtf8.With("The file is not UTF-8.");
        }
        catch (BadHttpRequestException exception)
        {
            return exception.StatusCode == StatusCodes.Status413PayloadTooLarge
                ? TooLarge()
                : ApiErrors.UnreadableBody.With("The body ended early or was sent wrongly.");
        }
    }

    private async Task<Result<ReceivedFile, Error>> ReadAsync(CsvReader csv, TenantId tenant, CancellationToken cancellationToken)
    {
        var header = ImportColumns.Read(await csv.ReadAsync(cancellationToken));
        if (!header.IsSuccess)
            return header.Error;
        var import = ids.New<JobId>();
        var leads = new List<ImportedLead>();
        var refusals = new List<ImportRefusal>();
        var (rows, refused) = (0, 0);
        while (await csv.ReadAsync(cancellationToken) is { } record)
        {
            if (++rows > MaxRows)
                return AffiliateErrors.TooManyRows.With($"At most {MaxRows} rows are taken in one file; nothing was imported.");
            var (lead, name, refusal) = header.Value.Read(record, ids.New<LeadId>);
            if (lead is not null)
                leads.Add(lead);
            else
                refusals.Add(new ImportRefusal(new ImportRefusalKey(tenant, import, record.Line), name, refusal!));
            if (leads.Count + refusals.Count == PackSize)
                await PutDownAsync();
        }

        if (leads.Count + refusals.Count > 0)
            await PutDownAsync();
        return rows == 0 ? Error.Invalid("body", "has no row after the header") : new ReceivedFile(import, rows, refused, []);

        async Task PutDownAsync()
        {
            refused += refusals.Count;
            var pack = leads.Count == 0 ? null : new ImportPack(new ImportPackKey(tenant, ids.NewGuid()), import, leads, time.GetUtcNow());
            await ledger.CommitAsync(new PutDown(pack, refusals), cancellationToken);
            (leads, refusals) = ([], []);
        }
    }

    private static Error TooLarge() => ApiErrors.BodyTooLarge.With($"At most {MaxBytes} bytes are accepted.");

    private sealed class PutDown(ImportPack? pack, IReadOnlyList<ImportRefusal> refusals) : LedgerWork<bool>
    {
        public override bool Decide(LedgerRows rows)
        {
            if (pack is not null)
                rows.Insert(ImportPackTable.Instance, pack);
            foreach (var refusal in refusals)
                rows.Insert(ImportRefusalTable.Instance, refusal);
            return true;
        }
    }
}
