namespace Patchbay.Hub.Reconciliation.Files;

/// <summary>What a statement's file is written in.</summary>
public enum StatementFormat
{
    /// <summary>A bank's, whose columns a mapping names.</summary>
    Csv,

    /// <summary>ISO 20022 camt.053, any version.</summary>
    Camt053,

    /// <summary>SWIFT MT940.</summary>
    Mt940,

    /// <summary>A provider's CSV of what it settles, whose columns a mapping names.</summary>
    Settlement,
}

/// <summary>Which way money went, as the account's owner sees it.</summary>
public enum EntryDirection
{
    Incoming,
    Outgoing,
}
