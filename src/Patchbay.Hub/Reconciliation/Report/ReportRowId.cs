using Patchbay.Storage;

namespace Patchbay.Hub.Reconciliation.Report;

/// <summary>How the hub, the provider and the business system differ about something.</summary>
public enum ReportKind
{
    /// <summary>The hub has it as moved, and no statement has it.</summary>
    MissingAtProvider,

    /// <summary>A statement has it, and the hub does not.</summary>
    MissingInHub,

    /// <summary>It is for an invoice that is mirrored, which it does not count for.</summary>
    MissingInBusiness,
    AmountDiffers,
    StatusDiffers,

    /// <summary>The settlement has another fee than the provider told the hub.</summary>
    FeeDiffers,

    /// <summary>A statement has a second entry of it.</summary>
    Duplicate,
}

/// <summary>What a row of the report is about.</summary>
internal enum ReportSubject
{
    Payment,
    Refund,
    Payout,
    Entry,
}

/// <summary>
/// Names a row of the report: made of the id of what it is about, and of how that differs, so that it is the same in every report.
/// </summary>
[TypedId("rrw")]
public readonly partial record struct ReportRowId : ITypedId<ReportRowId>
{
    private const byte Version = 0x70;

    /// <summary>Ids are UUIDv7: the version's four bits hold the kind, the variant's two what it is about, and it sorts by time.</summary>
    internal static ReportRowId Of(ReportKind kind, ReportSubject subject, Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        bytes[6] = (byte)((bytes[6] & 0x0f) | ((int)kind << 4));
        bytes[8] = (byte)((bytes[8] & 0x3f) | ((int)subject << 6));
        return new ReportRowId(new Guid(bytes, bigEndian: true));
    }

    /// <summary>Null for a kind that there is not.</summary>
    internal (ReportKind Kind, ReportSubject Subject, Guid Id)? Parts
    {
        get
        {
            Span<byte> bytes = stackalloc byte[16];
            Value.TryWriteBytes(bytes, bigEndian: true, out _);
            var (kind, subject) = ((ReportKind)(bytes[6] >> 4), (ReportSubject)(bytes[8] >> 6));
            bytes[6] = (byte)((bytes[6] & 0x0f) | Version);
            bytes[8] = (byte)((bytes[8] & 0x3f) | 0x80);
            return Enum.IsDefined(kind) ? (kind, subject, new Guid(bytes, bigEndian: true)) : null;
        }
    }
}
