using System.Collections.Frozen;

namespace Patchbay.Hub.PaymentLinks.Page;

/// <summary>What instructions name in English, in the page's language. What has one name everywhere, as an IBAN, is not here.</summary>
internal static class PayPageLabels
{
    private static readonly string[] Locales = ["de", "es", "fr", "pt", "ar", "he"];

    private static readonly FrozenDictionary<string, string[]> All = new Dictionary<string, string[]>
    {
        ["Beneficiary"] = ["Empfänger", "Beneficiario", "Bénéficiaire", "Beneficiário", "المستفيد", "מוטב"],
        ["Bank"] = ["Bank", "Banco", "Banque", "Banco", "البنك", "בנק"],
        ["Account number"] = ["Kontonummer", "Número de cuenta", "Numéro de compte", "Número da conta", "رقم الحساب", "מספר חשבון"],
        ["Account type"] = ["Kontoart", "Tipo de cuenta", "Type de compte", "Tipo de conta", "نوع الحساب", "סוג חשבון"],
        ["Branch"] = ["Filiale", "Sucursal", "Agence", "Agência", "الفرع", "סניף"],
        ["Routing code"] = ["Bankleitzahl", "Código bancario", "Code banque", "Código bancário", "رمز التوجيه", "קוד ניתוב"],
        ["Rail"] = ["Überweisungsweg", "Vía de transferencia", "Mode de virement", "Via de transferência", "طريقة التحويل", "אופן ההעברה"],
        ["Merchant"] = ["Händler", "Comercio", "Commerçant", "Comerciante", "التاجر", "בית עסק"],
        ["Phone"] = ["Telefon", "Teléfono", "Téléphone", "Telefone", "الهاتف", "טלפון"],
    }.ToFrozenDictionary();

    /// <summary>Null when it has the same name in all languages.</summary>
    public static string? Find(string label, string locale) =>
        !All.TryGetValue(label, out var names) ? null
        : Array.IndexOf(Locales, locale) is >= 0 and var place ? names[place] : label;
}
