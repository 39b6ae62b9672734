using Patchbay.Connectors.Contracts;
using Patchbay.Hub.Reconciliation.Entries;
using Patchbay.Hub.Reconciliation.Files;
using Patchbay.Hub.Reconciliation.Matching;
using Patchbay.Integrations.Deliveries;
using Patchbay.Storage;

namespace Patchbay.Hub.Tests.Reconciliation;

public sealed class EntryMatchTests
{
    private static readonly IdGenerator Ids = new(TimeProvider.System);
    private static readonly DateTimeOffset Day = new(2026, 11, 20, 0, 0, 0, TimeSpan.Zero);
    private static readonly Currency Jmd = Currency.Parse("JMD");

    [Theory]
    [InlineData("Transfer NC7F3Q9XKD from Ada", true)]
    [InlineData("transfer nc7f3q9xkd from ada", true)]
    [InlineData("EREF+NC7F3Q9XKDSVWZ+Order", true)]
    [InlineData("/REMI/NC7F3Q9XKD//", true)]
    [InlineData("REF:NC7F3Q9XKD.", true)]
    [InlineData("order (ord_1042), thanks", true)]
    [InlineData("XNC7F3Q9XKD", false)]
    [InlineData("NC7F3Q9XKDX", false)]
    [InlineData("ord_10421", false)]
    [InlineData("no reference at all", false)]
    public void A_reference_is_found_in_a_text_as_a_word_of_it(string text, bool isFound)
    {
        var one = Of("100.00", "ord_1042", "NC7F3Q9XKD");

        Assert.Equal(isFound, one.IsNamedIn(EntryWords.Of(text)));
    }

    [Fact]
    public void Words_in_a_row_may_be_a_reference() =>
        Assert.True(Of("100.00", "Rent for May").IsNamedIn(EntryWords.Of("paid: Rent for May 12")));

    [Theory]
    [InlineData("invoice", null, false)]
    [InlineData("invoice 7", null, true)]
    [InlineData("invoice", "INVOICE", true)]
    public void A_mere_word_of_the_callers_may_be_meant_by_anybody(string reference, string? ofTheBank, bool isMeant)
    {
        var (one, words) = (Of("100.00", reference, ofTheBank), EntryWords.Of("for invoice 7"));

        Assert.True(one.IsNamedIn(words));
        Assert.Equal(isMeant, one.IsMeantIn(words));
    }

    [Fact]
    public void A_short_reference_must_be_all_that_a_field_holds()
    {
        var one = Of("100.00", "17");

        Assert.True(one.IsNamedIn(EntryWords.Of("17")));
        Assert.False(one.IsNamedIn(EntryWords.Of("17 pieces")));
    }

    [Fact]
    public void The_hubs_own_id_is_found_as_banks_write_it()
    {
        var id = "pay_01kanx0fv9e5vbr9b7xw6n4c2m";
        var one = Of("100.00", "x") with { Subject = id };

        Assert.All(
            [id, id.ToUpperInvariant(), "FOR PAY 01KANX0FV9E5VBR9B7XW6N4C2M", "pay-01kanx0fv9e5vbr9b7xw6n4c2m."],
            text => Assert.True(one.IsNamedIn(EntryWords.Of(text)), text));
    }

    [Theory]
    [InlineData("the same amount", true)]
    [InlineData("succeeded", true)]
    [InlineData("another amount", false)]
    [InlineData("another currency", false)]
    [InlineData("ended", false)]
    [InlineData("taken", false)]
    [InlineData("outgoing", false)]
    [InlineData("reversal", false)]
    [InlineData("several", false)]
    [InlineData("several of which one is alive", true)]
    [InlineData("settlement of another integration", false)]
    [InlineData("bank account of another integration", true)]
    public void An_entry_stands_for_the_one_thing_it_names_when_all_else_fits(string name, bool isMatch)
    {
        var (entry, one, more) = (Entry("100.00", "REF-1"), Of("100.00", "REF-1"), new List<Candidate>());
        var (format, taken) = (StatementFormat.Csv, false);
        switch (name)
        {
            case "succeeded": one = one with { State = CandidateState.Moved }; break;
            case "another amount": one = one with { Amount = new Money(10_001, Jmd) }; break;
            case "another currency": one = one with { Amount = new Money(10_000, Currency.Parse("USD")) }; break;
            case "ended": one = one with { State = CandidateState.Ended }; break;
            case "taken": taken = true; break;
            case "outgoing": entry = entry with { Direction = EntryDirection.Outgoing }; break;
            case "reversal": entry = entry with { IsReversal = true }; break;
            case "several": more.Add(Of("5.00", "ref-1")); break;
            case "several of which one is alive": more.Add(Of("5.00", "REF-1") with { State = CandidateState.Ended }); break;
            case "settlement of another integration": format = StatementFormat.Settlement; break;
            default: break;
        }

        if (name.EndsWith("integration", StringComparison.Ordinal))
            entry = entry with { IntegrationId = Ids.New<IntegrationId>() };
        var match = EntryMatch.Of(entry, EntryWords.Of(entry), format, [one, .. more], _ => taken);

        Assert.Equal(isMatch, match.IsMatch);
    }

    [Fact]
    public void Suggestions_say_why_the_best_first_and_at_most_five()
    {
        var entry = Entry("100.00", "REF-1") with { Counterparty = "BYRON, ADA" };
        var differs = Of("101.00", "REF-1");
        var named = Of("100.00", "other") with { CustomerName = "Ada Byron", At = Day.AddDays(-3) };
        var taken = Of("100.00", "third") with { At = Day.AddDays(-40) };
        var ended = Of("100.00", "fourth") with { State = CandidateState.Ended, Status = "failed", At = Day.AddDays(1) };
        var unlike = Of("5.00", "fifth");
        var rest = Enumerable.Range(0, 4).Select(number => Of("100.00", $"more {number}") with { At = Day.AddDays(-60) });

        var suggestions = Suggestion.For(
            entry, EntryWords.Of(entry), [differs, named, taken, ended, unlike, .. rest],
            candidate => candidate == taken ? Ids.New<StatementEntryId>() : null);

        Assert.Equal(5, suggestions.Count);
        Assert.Equal([named, differs], suggestions.Take(2).Select(suggestion => suggestion.Of));
        Assert.Equal((65, 60), (suggestions[0].Score, suggestions[1].Score));
        Assert.Equal(["same amount", "name of the customer", "3 days after"], suggestions[0].Reasons);
        Assert.Equal(["reference but amount differs by 1.00 JMD", "same day"], suggestions[1].Reasons);
        Assert.Contains(suggestions, one => one.Reasons.Contains("it is failed") && one.Reasons.Contains("1 day before"));
        Assert.DoesNotContain(suggestions, one => one.Of == unlike || one.Of == taken);
    }

    [Fact]
    public void Entries_are_known_by_their_id_or_by_all_they_say_and_equals_are_counted()
    {
        var plain = new ReadEntry
        {
            Line = 2, BookedOn = new DateOnly(2026, 11, 20), Direction = EntryDirection.Incoming, Amount = new Money(100, Jmd),
            Narrative = "a",
        };
        var (first, second) = (new EntryFingerprints(IntegrationMode.Live, null), new EntryFingerprints(IntegrationMode.Live, null));
        var prints = new[] { plain, plain, plain with { Narrative = "b" }, plain with { EntryId = "1" } }.Select(first.Next).ToList();

        Assert.Equal(4, prints.Distinct().Count());
        Assert.Equal(prints[0], second.Next(plain with { Line = 40 }));
        Assert.Equal(prints[1], second.Next(plain));
        Assert.Equal(prints[3], second.Next(plain with { EntryId = "1", Narrative = "otherwise written" }));
        Assert.NotEqual(prints[0], new EntryFingerprints(IntegrationMode.Sandbox, null).Next(plain));
    }

    private static Candidate Of(string amount, string reference, string? providerReference = null) => new(
        $"pay_{Ids.NewGuid():N}", EntryDirection.Incoming, Ids.New<IntegrationId>(), MoneyOf(amount), CandidateState.Open, reference,
        providerReference, null, Day.AddHours(9), "requires_action");

    private static StatementEntry Entry(string amount, string reference) => new()
    {
        TenantId = Ids.New<TenantId>(), Id = Ids.New<StatementEntryId>(), Mode = IntegrationMode.Live, StatementId = Ids.New<StatementId>(),
        Line = 1, BookedAt = Day, Direction = EntryDirection.Incoming, IsReversal = false, Amount = MoneyOf(amount), Narrative = reference,
        CreatedAt = Day, UpdatedAt = Day,
    };

    private static Money MoneyOf(string amount) =>
        Money.TryFromMajor(decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture), Jmd, out var money) ? money : default;
}
