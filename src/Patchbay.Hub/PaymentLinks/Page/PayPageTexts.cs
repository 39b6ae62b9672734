using System.Collections.Frozen;

namespace Patchbay.Hub.PaymentLinks.Page;

/// <summary>What the page says, by language.</summary>
internal sealed record PayPageTexts(
    string Locale, string Pay, string PayWith, string Amount, string Between, string Reference, string Continue, string Declined,
    string Wait, string WaitMore, string Paid, string PaidMore, string Back, string Gone, string GoneMore, string SendTo, string Until,
    string HavePaid, string Transaction, string Told)
{
    /// <summary>The first is for browsers that ask for none of them.</summary>
    private static readonly PayPageTexts[] All =
    [
        new("en", "Pay", "Pay with", "Amount", "From {0} to {1}", "Reference", "Continue to payment",
            "That did not work. You can try again.", "One moment", "Your payment is being confirmed. This page looks again by itself.",
            "Paid", "Thank you. Your payment has arrived.", "Back to the shop", "This link is not open any more",
            "Ask whoever sent it to you for a new one.", "Send the money yourself, and give the reference along",
            "Please pay by", "I have paid", "Number of your transfer, if you have one",
            "Thank you. As soon as your payment is found, this page says so."),
        new("de", "Bezahlen", "Bezahlen mit", "Betrag", "Von {0} bis {1}", "Verwendungszweck", "Weiter zur Zahlung",
            "Das hat nicht geklappt. Sie können es noch einmal versuchen.", "Einen Moment",
            "Ihre Zahlung wird gerade bestätigt. Die Seite sieht von selbst wieder nach.", "Bezahlt",
            "Vielen Dank. Ihre Zahlung ist angekommen.", "Zurück zum Geschäft", "Dieser Link gilt nicht mehr",
            "Bitten Sie den Absender um einen neuen.", "Überweisen Sie selbst, und geben Sie den Verwendungszweck an",
            "Bitte bezahlen bis", "Ich habe bezahlt", "Nummer Ihrer Überweisung, falls vorhanden",
            "Vielen Dank. Sobald Ihre Zahlung gefunden ist, steht es hier."),
        new("es", "Pagar", "Pagar con", "Importe", "De {0} a {1}", "Referencia", "Continuar al pago",
            "No ha funcionado. Puede intentarlo de nuevo.", "Un momento",
            "Se está confirmando su pago. Esta página vuelve a mirar por sí sola.", "Pagado", "Gracias. Su pago ha llegado.",
            "Volver a la tienda", "Este enlace ya no está abierto", "Pida uno nuevo a quien se lo envió.",
            "Envíe usted el dinero e indique la referencia", "Pague antes del", "He pagado", "Número de su transferencia, si lo tiene",
            "Gracias. Cuando se encuentre su pago, esta página lo dirá."),
        new("fr", "Payer", "Payer avec", "Montant", "De {0} à {1}", "Référence", "Continuer vers le paiement",
            "Cela n'a pas fonctionné. Vous pouvez réessayer.", "Un instant",
            "Votre paiement est en cours de confirmation. Cette page se met à jour d'elle-même.", "Payé",
            "Merci. Votre paiement est arrivé.", "Retour à la boutique", "Ce lien n'est plus ouvert",
            "Demandez-en un nouveau à la personne qui vous l'a envoyé.", "Envoyez l'argent vous-même en indiquant la référence",
            "Merci de payer avant le", "J'ai payé", "Numéro de votre virement, si vous l'avez",
            "Merci. Dès que votre paiement sera trouvé, cette page le dira."),
        new("pt", "Pagar", "Pagar com", "Valor", "De {0} a {1}", "Referência", "Continuar para o pagamento",
            "Não funcionou. Pode tentar de novo.", "Um momento",
            "O seu pagamento está a ser confirmado. Esta página verifica de novo por si.", "Pago", "Obrigado. O seu pagamento chegou.",
            "Voltar à loja", "Este link já não está aberto", "Peça um novo a quem o enviou.",
            "Envie o dinheiro e indique a referência", "Pague até", "Já paguei", "Número da sua transferência, se tiver",
            "Obrigado. Assim que o pagamento for encontrado, esta página o dirá."),
        new("ar", "ادفع", "ادفع بواسطة", "المبلغ", "من {0} إلى {1}", "المرجع", "المتابعة إلى الدفع",
            "لم تنجح العملية. يمكنك المحاولة مرة أخرى.", "لحظة من فضلك", "يجري تأكيد دفعتك. تتحقق هذه الصفحة من تلقاء نفسها.",
            "تم الدفع", "شكراً لك. وصلت دفعتك.", "العودة إلى المتجر", "هذا الرابط لم يعد مفتوحاً", "اطلب رابطاً جديداً ممن أرسله إليك.",
            "أرسل المبلغ بنفسك واذكر المرجع", "يرجى الدفع قبل", "لقد دفعت", "رقم التحويل إن وجد",
            "شكراً لك. ستظهر النتيجة هنا حالما يُعثر على دفعتك."),
        new("he", "לתשלום", "לשלם באמצעות", "סכום", "מ-{0} עד {1}", "אסמכתה", "המשך לתשלום", "זה לא הצליח. אפשר לנסות שוב.", "רק רגע",
            "התשלום שלך מאומת כעת. הדף בודק שוב מעצמו.", "שולם", "תודה. התשלום שלך הגיע.", "חזרה לחנות", "הקישור הזה כבר אינו פתוח",
            "אפשר לבקש קישור חדש ממי ששלח אותו.", "יש לשלוח את הכסף ולציין את האסמכתה", "נא לשלם עד", "שילמתי",
            "מספר ההעברה, אם יש", "תודה. ברגע שהתשלום יימצא, הדף יראה זאת."),
    ];

    private static readonly FrozenDictionary<string, PayPageTexts> ByLocale = All.ToFrozenDictionary(texts => texts.Locale);

    public static IEnumerable<string> Locales => All.Select(texts => texts.Locale);

    public bool IsRightToLeft => Locale is "ar" or "he";

    public static bool Knows(string locale) => ByLocale.ContainsKey(locale);

    /// <param name="locale">Of the link; null when it leaves it to the browser.</param>
    /// <param name="accepted">The browser's languages, the best first.</param>
    public static PayPageTexts For(string? locale, IEnumerable<string> accepted) =>
        (locale is null ? accepted : [locale]).Select(one => ByLocale.GetValueOrDefault(one.Split('-')[0].ToLowerInvariant()))
            .FirstOrDefault(texts => texts is not null) ?? All[0];
}
