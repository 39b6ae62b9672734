using System.Xml;
using System.Xml.Linq;

namespace Patchbay.Hub.Reconciliation.Files;

/// <summary>Reads ISO 20022 camt.053, entry by entry.</summary>
/// <remarks>
/// Elements are found by their local names, which have stayed from version 02 to the present one, but for what version 08 puts one level
/// deeper. Source: https://www.iso20022.org, message definition reports of Bank-to-Customer Cash Management.
/// </remarks>
internal static class CamtStatement
{
    private const string Family = "urn:iso:std:iso:20022:tech:xsd:camt.053.001.";
    private const int MaxDepth = 40;

    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, IgnoreComments = true, IgnoreProcessingInstructions = true,
        IgnoreWhitespace = true,
    };

    public static void Read(byte[] file, StatementReading reading)
    {
        try
        {
            if (IsRefused(file, reading))
                return;
            using var reader = Open(file);
            ReadStatements(reader, reading);
        }
        catch (XmlException exception)
        {
            reading.Refuse(Math.Max(1, exception.LineNumber), "is not XML that can be read, or has a document type, which is not taken");
        }
    }

    /// <summary>Looks at the whole of it before anything is built: what it is, and how deep.</summary>
    private static bool IsRefused(byte[] file, StatementReading reading)
    {
        using var reader = Open(file);
        reader.MoveToContent();
        if (reader.LocalName != "Document" || !reader.NamespaceURI.StartsWith(Family, StringComparison.Ordinal))
        {
            reading.Refuse(LineOf(reader), "is no camt.053: its root must be a Document of " + Family + "NN");
            return true;
        }

        while (reader.Read())
        {
            if (reader.Depth <= MaxDepth)
                continue;
            reading.Refuse(LineOf(reader), $"is nested more than {MaxDepth} levels deep");
            return true;
        }

        return false;
    }

    private static void ReadStatements(XmlReader reader, StatementReading reading)
    {
        string? account = null;
        var statements = 0;
        while (!reader.EOF && !reading.IsOver)
        {
            var line = LineOf(reader);
            switch (reader.NodeType, reader.LocalName)
            {
                case (XmlNodeType.Element, "Stmt"):
                    statements++;
                    account = null;
                    reader.Read();
                    break;
                case (XmlNodeType.Element, "Acct"):
                    account = AccountOf((XElement)XNode.ReadFrom(reader));
                    break;
                case (XmlNodeType.Element, "Ntry"):
                    CamtEntry.Read((XElement)XNode.ReadFrom(reader), line, account, reading);
                    break;
                default:
                    reader.Read();
                    break;
            }
        }

        if (statements == 0)
            reading.Refuse("has no statement (Stmt)");
    }

    private static string? AccountOf(XElement account) =>
        StatementTexts.Clean(account.Text("Id", "IBAN") ?? account.Text("Id", "Othr", "Id"));

    private static XmlReader Open(byte[] file) => XmlReader.Create(new MemoryStream(file), Settings);

    private static int LineOf(XmlReader reader) => reader is IXmlLineInfo { LineNumber: > 0 and var line } ? line : 1;
}
