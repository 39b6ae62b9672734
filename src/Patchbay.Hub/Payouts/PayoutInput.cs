using Patchbay.Connectors.Contracts;
using Patchbay.Platform.Api;
using Patchbay.Storage;

namespace Patchbay.Hub.Payouts;

/// <summary>A payout request that was found good.</summary>
internal sealed record PayoutInput(
    Money Amount, string Reference, string? CustomerId, string? Country, PayoutDestination Destination,
    IReadOnlyDictionary<string, string> Metadata)
{
    public static PayoutInput? Read(CreatePayoutRequest request, Faults faults)
    {
        var amount = AmountInput.Read(request.Amount, request.Currency, faults);
        var reference = faults.Text(request.Reference, "reference", 200);
        var customer = faults.OptionalName(request.CustomerId, "customer_id", 100);
        var country = CountryCode.Read(request.Country, "country", faults);
        MetadataInput.Check(request.Metadata, faults);
        var destination = ReadDestination(request.Destination, faults);
        return faults.Any ? null : new PayoutInput(
            amount!.Value, reference, customer, country, destination!, request.Metadata ?? new Dictionary<string, string>());
    }

    private static PayoutDestination? ReadDestination(PayoutDestinationRequest? given, Faults faults)
    {
        faults.Require(given?.Type is not null, given is null ? "destination" : "destination.type", "is required");
        if (given?.Type is not { } type)
            return null;
        var read = new PayoutDestination(type)
        {
            Holder = Field("holder", given.Holder, 200), Iban = Field("iban", given.Iban?.Replace(" ", "").ToUpperInvariant(), 34),
            AccountNumber = Field("account_number", given.AccountNumber, 40), RoutingCode = Field("routing_code", given.RoutingCode, 40),
            Bic = Field("bic", given.Bic, 11), BankName = Field("bank_name", given.BankName, 200),
            Country = CountryCode.Read(given.Country, "destination.country", faults), Account = Field("account", given.Account, 254),
            Reference = Field("reference", given.Reference, 200),
        };
        var (wanted, needed) = type switch
        {
            PayoutMethod.BankAccount => (new[] { "holder", "iban", "account_number", "routing_code", "bic", "bank_name", "country" },
                "holder"),
            PayoutMethod.Wallet => (["holder", "account"], "account"),
            PayoutMethod.Cashier => (["holder"], ""),
            _ => (["holder", "reference"], "reference"),
        };
        foreach (var (name, value) in Fields(read))
        {
            var field = "destination." + name;
            faults.Require(value is null || wanted.Contains(name), field, $"does not belong to a {type.ToWord()}");
            faults.Require(value is not null || name != needed, field, $"is required for a {type.ToWord()}");
        }

        faults.Require(
            type != PayoutMethod.BankAccount || read.Iban is null != read.AccountNumber is null, "destination.iban",
            "or account_number is required, and not both");
        faults.Require(read.Iban is not { } iban || Iban.IsValid(iban), "destination.iban", "is not an IBAN: its check digits are wrong");
        return read;

        string? Field(string name, string? value, int max) => faults.OptionalText(value, "destination." + name, max);
    }

    private static (string Name, string? Value)[] Fields(PayoutDestination of) =>
    [
        ("holder", of.Holder), ("iban", of.Iban), ("account_number", of.AccountNumber), ("routing_code", of.RoutingCode), ("bic", of.Bic),
        ("bank_name", of.BankName), ("country", of.Country), ("account", of.Account), ("reference", of.Reference),
    ];
}
