using System.Text;
using Patchbay.Hub.Reconciliation.Files;

namespace Patchbay.Hub.Tests.Reconciliation;

public sealed class StatementFileTests
{
    private const string Camt02 = """
        <?xml version="1.0" encoding="UTF-8"?>
        <Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt><GrpHdr><MsgId>M1</MsgId></GrpHdr><Stmt>
          <Id>S1</Id><Acct><Id><IBAN>DE89370400440532013000</IBAN></Id><Ccy>EUR</Ccy></Acct>
          <Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">100.00</Amt><CdtDbtInd>CRDT</CdtDbtInd></Bal>
          <Ntry><Amt Ccy="EUR">125.50</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>2026-11-20</Dt></BookgDt>
            <ValDt><Dt>2026-11-21</Dt></ValDt><AcctSvcrRef>2026112000017</AcctSvcrRef>
            <NtryDtls><TxDtls><Refs><EndToEndId>NC7F3Q9XKD</EndToEndId></Refs>
              <RltdPties><Dbtr><Nm>Ada Byron</Nm></Dbtr></RltdPties>
              <RmtInf><Ustrd>Order 1042</Ustrd><Ustrd>thank you</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>
          <Ntry><Amt Ccy="EUR">9.99</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>PDNG</Sts></Ntry>
          <Ntry><Amt Ccy="EUR">20.00</Amt><CdtDbtInd>DBIT</CdtDbtInd><RvslInd>true</RvslInd><Sts>BOOK</Sts>
            <BookgDt><DtTm>2026-11-20T23:30:00+01:00</DtTm></BookgDt><AddtlNtryInf>Return of a transfer</AddtlNtryInf></Ntry>
        </Stmt></BkToCstmrStmt></Document>
        """;

    private const string Camt08 = """
        <Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><Stmt>
          <Acct><Id><Othr><Id>0012345</Id></Othr></Id></Acct>
          <Ntry><Amt Ccy="JMD">300.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2026-11-20</Dt></BookgDt>
            <AcctSvcrRef>B-7</AcctSvcrRef><NtryDtls>
              <TxDtls><Refs><EndToEndId>NOTPROVIDED</EndToEndId></Refs><Amt Ccy="JMD">100.00</Amt><CdtDbtInd>CRDT</CdtDbtInd>
                <RltdPties><Dbtr><Pty><Nm>Ann</Nm></Pty></Dbtr></RltdPties>
                <RmtInf><Strd><CdtrRefInf><Ref>RF18539007547034</Ref></CdtrRefInf></Strd></RmtInf></TxDtls>
              <TxDtls><Amt Ccy="JMD">200.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><RmtInf><Ustrd>ord_2</Ustrd></RmtInf></TxDtls>
            </NtryDtls></Ntry>
          <Ntry><Amt Ccy="JMD">50.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2026-11-20</Dt></BookgDt>
            <NtryDtls><TxDtls><Amt Ccy="JMD">10.00</Amt></TxDtls><TxDtls><Amt Ccy="JMD">20.00</Amt></TxDtls></NtryDtls></Ntry>
        </Stmt></BkToCstmrStmt></Document>
        """;

    private const string GermanMt940 = """
        {1:F01BANKDEFFXXXX0000000000}{2:O9400000000000}{4:
        :20:STARTUMS
        :25:37040044/0532013000
        :28C:00231/001
        :60F:C261119EUR1000,00
        :61:2611201120CR125,50NTRFNONREF//2026112000017
        :86:166?00SEPA-GUTSCHRIFT?109310?20EREF+NC7F3Q9XKD?21SVWZ+Order 1042 fr
        om a long?22 way away?30COBADEFF?31DE00?32Ada By?33ron
        :61:2701010102DR7,5NCHGNONREF
        :86:805?00ENTGELT?20Charges
        :61:2611201120RC20,NTRFX//Y
        :62F:C261120EUR1098,00
        -}
        """;

    private const string PlainMt940 =
        ":20:S1\r\n:25:JM0012345\r\n:28C:1/1\r\n:60M:D261119JPY5\r\n:61:261120C1250,NMSCORD-1042//BNK9\r\nsupplement\r\n"
        + ":86:TRANSFER FROM ADA BYRON FOR THE ORDER THAT WAS MADE ON MONDAY REF\r\nERENCE NC7F3Q9XKD\r\n:62M:C261120JPY1245\r\n-\r\n";

    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Camt_of_version_2_is_read_with_its_reversals_and_without_what_is_pending()
    {
        var reading = await ReadAsync(Camt02);

        Assert.Equal(1, reading.Skipped);
        var (paid, back) = (reading.Entries[0], reading.Entries[1]);
        Assert.Equal(
            (5, new DateOnly(2026, 11, 20), new DateOnly(2026, 11, 21), EntryDirection.Incoming, "125.50 EUR", false),
            (paid.Line, paid.BookedOn, paid.ValueOn, paid.Direction, $"{paid.Amount}", paid.IsReversal));
        Assert.Equal(
            ("2026112000017", "NC7F3Q9XKD", "Ada Byron", "Order 1042 thank you", "DE89370400440532013000"),
            (paid.EntryId, paid.PaymentReference, paid.Counterparty, paid.Narrative, paid.Account));
        Assert.Equal(
            (EntryDirection.Outgoing, "20.00 EUR", true, "Return of a transfer", new DateOnly(2026, 11, 20), null),
            (back.Direction, $"{back.Amount}", back.IsReversal, back.Narrative, back.BookedOn, back.EntryId));
    }

    [Fact]
    public async Task Camt_of_version_8_is_one_entry_for_each_transaction_when_they_are_all_of_it()
    {
        var entries = (await ReadAsync(Camt08)).Entries;

        Assert.Equal(["100.00 JMD", "200.00 JMD", "50.00 JMD"], entries.Select(entry => $"{entry.Amount}"));
        Assert.Equal(["B-7/1", "B-7/2", null], entries.Select(entry => entry.EntryId));
        Assert.Equal(("RF18539007547034", "Ann", "0012345"), (entries[0].PaymentReference, entries[0].Counterparty, entries[0].Account));
        Assert.Equal("ord_2", entries[1].Narrative);
    }

    [Fact]
    public async Task Mt940_with_parts_of_the_text_named_by_digits()
    {
        var entries = (await ReadAsync(GermanMt940)).Entries;

        Assert.Equal(3, entries.Count);
        Assert.Equal(
            (6, "125.50 EUR", EntryDirection.Incoming, "NC7F3Q9XKD", "2026112000017", "Ada Byron"),
            (entries[0].Line, $"{entries[0].Amount}", entries[0].Direction, entries[0].PaymentReference, entries[0].BankReference,
                entries[0].Counterparty));
        Assert.Equal("EREF+NC7F3Q9XKD SVWZ+Order 1042 from a long way away", entries[0].Narrative);
        Assert.Equal(
            ("7.50 EUR", EntryDirection.Outgoing, new DateOnly(2027, 1, 2), "Charges"),
            ($"{entries[1].Amount}", entries[1].Direction, entries[1].BookedOn, entries[1].Narrative));
        Assert.Equal((EntryDirection.Outgoing, true), (entries[2].Direction, entries[2].IsReversal));
    }

    [Fact]
    public async Task Mt940_with_free_text_whose_full_lines_go_on_in_the_next_one()
    {
        var entry = Assert.Single((await ReadAsync(PlainMt940)).Entries);

        Assert.Equal(("1250 JPY", "ORD-1042", "BNK9", "JM0012345"), (
            $"{entry.Amount}", entry.PaymentReference, entry.BankReference, entry.Account));
        Assert.Contains("MONDAY REFERENCE NC7F3Q9XKD supplement", entry.Narrative, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_year_that_the_booking_date_does_not_have_is_the_nearest()
    {
        var entries = (await ReadAsync(
            ":20:S\n:60F:C261230EUR0,\n:61:2701021231C1,NTRFA\n:61:2612310102C1,NTRFB\n:62F:C270102EUR2,\n")).Entries;

        Assert.Equal([new DateOnly(2026, 12, 31), new DateOnly(2027, 1, 2)], entries.Select(entry => entry.BookedOn));
    }

    [Theory]
    [InlineData("1234.50", ".", "1234.50")]
    [InlineData("1,234.50", ".", "1234.50")]
    [InlineData("-1.234,5", ",", "-1234.5")]
    [InlineData("1 234,50-", ",", "-1234.50")]
    [InlineData("(12.50)", ".", "-12.50")]
    [InlineData("+.5", ".", "0.5")]
    [InlineData("1'234'567.00", ".", "1234567.00")]
    [InlineData("1,23.50", ".", null)]
    [InlineData("1.234.50", ".", null)]
    [InlineData("1,234'567", ".", null)]
    [InlineData("--1", ".", null)]
    [InlineData("-(1)", ".", null)]
    [InlineData("1e3", ".", null)]
    [InlineData("", ".", null)]
    [InlineData(".", ".", null)]
    [InlineData("99999999999999999999999999999", ".", null)]
    public void Amounts_are_exact_or_none(string text, string sign, string? amount)
    {
        var read = AmountText.TryParse(text, sign[0], out var parsed);

        Assert.Equal(amount, read ? parsed.ToString(System.Globalization.CultureInfo.InvariantCulture) : null);
    }

    [Fact]
    public async Task A_csv_is_read_as_its_mapping_says()
    {
        const string Csv = "Statement of\nShop Ltd\nTag;Soll;Haben;Text;Wer;Nr\n20.11.2026;;1.234,50;Order 1042;Björn;7\n"
            + "\n21.11.2026;-7,5;;Charges;;8\n21.11.2026;0,00;;Nothing;;9\n";
        var mapping = new StatementMapping(
            Date: "tag", Credit: "Haben", Debit: "Soll", FixedCurrency: "EUR", Narrative: "Text", Counterparty: "Wer", EntryId: "Nr",
            Delimiter: ";", DecimalSign: ",", DateFormat: "DD.MM.YYYY", SkipLines: 2);

        foreach (var bytes in new[] { Encoding.Latin1.GetBytes(Csv), Encoding.UTF8.GetBytes("\uFEFF" + Csv) })
        {
            var reading = await ReadAsync(bytes, mapping);
            Assert.Equal(["1234.50 EUR", "7.50 EUR"], reading.Entries.Select(entry => $"{entry.Amount}"));
            Assert.Equal([EntryDirection.Incoming, EntryDirection.Outgoing], reading.Entries.Select(entry => entry.Direction));
            Assert.Equal(("Björn", "7", 4), (reading.Entries[0].Counterparty, reading.Entries[0].EntryId, reading.Entries[0].Line));
            Assert.Equal(1, reading.Skipped);
        }
    }

    [Fact]
    public async Task A_settlement_has_fees_whichever_way_their_sign_is_written()
    {
        var mapping = new StatementMapping(
            Date: "1", ProviderReference: "2", Gross: "3", Fee: "4", Net: "5", Currency: "6", Header: false);
        const string Csv = "2026-11-20,pi_1,10.000,0.300,9.700,KWD\n2026-11-20,pi_2,10.000,-0.300,9.700,KWD\n"
            + "2026-11-20,re_3,-4.000,,-4.100,KWD\n";

        var entries = (await ReadAsync(Encoding.UTF8.GetBytes(Csv), mapping)).Entries;

        Assert.Equal(["0.300 KWD", "0.300 KWD", "0.100 KWD"], entries.Select(entry => $"{entry.Fee}"));
        Assert.Equal(["pi_1", "pi_2", "re_3"], entries.Select(entry => entry.PaymentReference));
        Assert.Equal(EntryDirection.Outgoing, entries[2].Direction);
    }

    [Theory]
    [InlineData("Date,Amount\n2026-11-20,1.00\n2026-13-20,1.00\n", "line 3: date '2026-13-20' is not a date of the form yyyy-MM-dd")]
    [InlineData("Date,Amount\n2026-11-20,1.001\n", "line 2: the amount must have at most 2 decimals")]
    [InlineData("Date,Amount\n2026-11-20,one\n", "line 2: amount 'one' is not an amount")]
    [InlineData("Date,Amount\n,1.00\n", "line 2: there is no date")]
    [InlineData("Date,Amount\n2026-11-20,\n", "line 2: there is no amount")]
    [InlineData("Date,Amount\n2026-11-20\n", "line 2: has 1 columns where the first line has 2")]
    [InlineData("Date,Amount\n2026-11-20,1,000.00\n", "line 2: has 3 columns where the first line has 2")]
    [InlineData("Date,Amount\n2026-11-20,\"1.00\n", "line 2: has a quote that is not closed")]
    [InlineData("Date,Amount\n", "has no row")]
    [InlineData("", "is no header")]
    public async Task What_cannot_be_read_is_refused_by_its_line(string csv, string fault)
    {
        var mapping = new StatementMapping(Date: "Date", Amount: "Amount", FixedCurrency: "EUR");

        var refused = await new StatementFile(Encoding.UTF8.GetBytes(csv), StatementFormat.Csv, mapping).ReadAsync(_ct);

        Assert.Contains(fault, string.Join('\n', refused.Error!.Fields!["file"]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><Document>&a;</Document>", "line 1: is not XML")]
    [InlineData("<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.054.001.02\"/>", "line 1: is no camt.053")]
    [InlineData("<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.02\"><A>", "is not XML")]
    [InlineData("<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.02\"/>", "has no statement")]
    [InlineData(":20:S\n:61:2611201120C1,NTRFA\n", "line 2: an entry (:61:) without an opening balance")]
    [InlineData(":20:S\n:60F:C261119EUR1,\n:61:2611201120C1,NTRFA\n", "ends without a closing balance")]
    [InlineData(":20:S\n:60F:C261119EUR1,\n:61:garbage\n:62F:C261120EUR1,\n", "line 3: the entry (:61:) cannot be read")]
    [InlineData(":20:S\n:60F:C261119XXQ1,\n", "line 2: the opening balance")]
    public async Task Files_that_are_broken_or_dangerous_are_refused(string file, string fault)
    {
        var refused = await new StatementFile(Encoding.UTF8.GetBytes(file), null, null).ReadAsync(_ct);

        Assert.Contains(fault, string.Join('\n', refused.Error!.Fields!["file"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Depth_is_bounded()
    {
        var deep = "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.02\">" + string.Concat(Enumerable.Repeat("<A>", 50_000));

        var refused = await new StatementFile(Encoding.UTF8.GetBytes(deep), null, null).ReadAsync(_ct);

        Assert.Contains("levels deep", refused.Error!.Fields!["file"][0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Too_many_entries_are_refused()
    {
        var csv = "Date,Amount\n" + string.Concat(Enumerable.Repeat("2026-11-20,1.00\n", StatementReading.MaxEntries + 1));
        var mapping = new StatementMapping(Date: "Date", Amount: "Amount", FixedCurrency: "EUR");

        var refused = await new StatementFile(Encoding.UTF8.GetBytes(csv), null, mapping).ReadAsync(_ct);

        Assert.Contains("more than 20000 entries", refused.Error!.Fields!["file"][0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whatever_is_changed_in_a_file_it_is_read_or_refused()
    {
        var random = new Random(20261120);
        var mapping = new StatementMapping(Date: "Date", Amount: "Amount", FixedCurrency: "EUR", Narrative: "Text");
        const string Csv = "Date,Amount,Text\n2026-11-20,\"1,234.50\",\"a \"\"b\"\"\"\n2026-11-21,-2.00,x\n";
        foreach (var (text, map) in new[]
        {
            (Camt02, (StatementMapping?)null), (Camt08, null), (GermanMt940, null), (PlainMt940, null), (Csv, mapping),
        })
        {
            for (var i = 0; i < 1_500; i++)
            {
                var bytes = Encoding.UTF8.GetBytes(text).ToList();
                for (var change = random.Next(1, 6); change > 0; change--)
                {
                    var place = random.Next(bytes.Count);
                    switch (random.Next(4))
                    {
                        case 0:
                            bytes[place] = (byte)random.Next(256);
                            break;
                        case 1:
                            bytes.RemoveRange(place, Math.Min(random.Next(1, 40), bytes.Count - place - 1));
                            break;
                        case 2:
                            bytes.Insert(place, (byte)":/?<>\",;\0\n{}()+-"[random.Next(16)]);
                            break;
                        default:
                            bytes.InsertRange(place, bytes.GetRange(random.Next(bytes.Count / 2), Math.Min(30, bytes.Count / 2)));
                            break;
                    }
                }

                var read = await new StatementFile([.. bytes], null, map).ReadAsync(_ct);
                Assert.True(read.IsSuccess || read.Error.Fields is { Count: > 0 });
            }
        }
    }

    private Task<StatementReading> ReadAsync(string text) => ReadAsync(Encoding.UTF8.GetBytes(text), null);

    private async Task<StatementReading> ReadAsync(byte[] bytes, StatementMapping? mapping)
    {
        var read = await new StatementFile(bytes, null, mapping).ReadAsync(_ct);
        Assert.True(read.IsSuccess, read.Error?.Fields is { } fields ? string.Join('\n', fields.SelectMany(field => field.Value)) : "");
        return read.Value;
    }
}
