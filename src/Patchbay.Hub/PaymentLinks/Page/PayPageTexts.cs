using System.Collections.Frozen;

namespace Patchbay.Hub.PaymentLinks.Page;

/// <summary>What the page says, by language.</summary>
internal sealed record PayPageTexts(
    string Locale, string Pay, string PayWith, string Amount, string Between, string Reference, string Continue, string Declined,
    string Wait, string WaitMore, string Paid, string PaidMore, string Back, string Gone, string GoneMore, string SendTo, string Until,
    string HavePaid, string Transaction, string Told, string TryAgain, string Refused, string TooLittle, string TooLate, string Canceled,
    string WrongAmount, string NeedsScript, string CannotHere, string PaidAlready)
{
    /// <summary>The first is for browsers that ask for none of them.</summary>
    private static readonly PayPageTexts[] All =
    [
        new("en", "Pay", "Pay with", "Amount", "From {0} to {1}", "Reference", "Continue to payment",
            "That did not work.", "One moment", "Your payment is being confirmed. This page looks again by itself.",
            "Paid", "Thank you. Your payment has arrived.", "Back to the shop", "This link is not open any more",
            "Ask whoever sent it to you for a new one.", "Send the money yourself, and give the reference along",
            "Please pay by", "I have paid", "Number of your transfer, if you have one",
            "Thank you. As soon as your payment is found, this page says so.",
            "You can try again.", "Your bank declined the payment. Nothing was charged.",
            "There was not enough money for the payment. Nothing was charged.", "The time to pay ran out. Nothing was charged.",
            "The payment was canceled. Nothing was charged.", "Please enter an amount from {0} to {1}.",
            "This way to pay needs JavaScript. Please switch it on and load this page again.",
            "This way to pay cannot be used here. Please ask whoever sent you the link for another one.",
            "If you have paid already, this page will say so in a moment."),
        new("de", "Bezahlen", "Bezahlen mit", "Betrag", "Von {0} bis {1}", "Verwendungszweck", "Weiter zur Zahlung",
            "Das hat nicht geklappt.", "Einen Moment",
            "Ihre Zahlung wird gerade bestätigt. Die Seite sieht von selbst wieder nach.", "Bezahlt",
            "Vielen Dank. Ihre Zahlung ist angekommen.", "Zurück zum Geschäft", "Dieser Link gilt nicht mehr",
            "Bitten Sie den Absender um einen neuen.", "Überweisen Sie selbst, und geben Sie den Verwendungszweck an",
            "Bitte bezahlen bis", "Ich habe bezahlt", "Nummer Ihrer Überweisung, falls vorhanden",
            "Vielen Dank. Sobald Ihre Zahlung gefunden ist, steht es hier.",
            "Sie können es noch einmal versuchen.", "Ihre Bank hat die Zahlung abgelehnt. Es wurde nichts abgebucht.",
            "Das Guthaben reichte für die Zahlung nicht aus. Es wurde nichts abgebucht.",
            "Die Zeit zum Bezahlen ist abgelaufen. Es wurde nichts abgebucht.",
            "Die Zahlung wurde abgebrochen. Es wurde nichts abgebucht.", "Bitte geben Sie einen Betrag von {0} bis {1} ein.",
            "Diese Zahlungsart braucht JavaScript. Bitte schalten Sie es ein, und laden Sie die Seite neu.",
            "Diese Zahlungsart geht hier nicht. Bitte lassen Sie sich vom Absender einen anderen Link geben.",
            "Wenn Sie schon bezahlt haben, steht es gleich hier."),
        new("es", "Pagar", "Pagar con", "Importe", "De {0} a {1}", "Referencia", "Continuar al pago",
            "No ha funcionado.", "Un momento",
            "Se está confirmando su pago. Esta página vuelve a mirar por sí sola.", "Pagado", "Gracias. Su pago ha llegado.",
            "Volver a la tienda", "Este enlace ya no está abierto", "Pida uno nuevo a quien se lo envió.",
            "Envíe usted el dinero e indique la referencia", "Pague antes del", "He pagado", "Número de su transferencia, si lo tiene",
            "Gracias. Cuando se encuentre su pago, esta página lo dirá.",
            "Puede intentarlo de nuevo.", "Su banco ha rechazado el pago. No se ha cobrado nada.",
            "No había saldo suficiente para el pago. No se ha cobrado nada.",
            "Se ha acabado el tiempo para pagar. No se ha cobrado nada.", "El pago se ha cancelado. No se ha cobrado nada.",
            "Introduzca un importe de {0} a {1}.", "Esta forma de pago necesita JavaScript. Actívelo y vuelva a cargar la página.",
            "Esta forma de pago no se puede usar aquí. Pida otro enlace a quien se lo envió.",
            "Si ya ha pagado, esta página lo dirá enseguida."),
        new("fr", "Payer", "Payer avec", "Montant", "De {0} à {1}", "Référence", "Continuer vers le paiement",
            "Cela n'a pas fonctionné.", "Un instant",
            "Votre paiement est en cours de confirmation. Cette page se met à jour d'elle-même.", "Payé",
            "Merci. Votre paiement est arrivé.", "Retour à la boutique", "Ce lien n'est plus ouvert",
            "Demandez-en un nouveau à la personne qui vous l'a envoyé.", "Envoyez l'argent vous-même en indiquant la référence",
            "Merci de payer avant le", "J'ai payé", "Numéro de votre virement, si vous l'avez",
            "Merci. Dès que votre paiement sera trouvé, cette page le dira.",
            "Vous pouvez réessayer.", "Votre banque a refusé le paiement. Rien n'a été débité.",
            "Le solde était insuffisant pour le paiement. Rien n'a été débité.", "Le délai de paiement est écoulé. Rien n'a été débité.",
            "Le paiement a été annulé. Rien n'a été débité.", "Indiquez un montant de {0} à {1}.",
            "Ce moyen de paiement a besoin de JavaScript. Activez-le et rechargez cette page.",
            "Ce moyen de paiement ne peut pas être utilisé ici. Demandez un autre lien à la personne qui vous l'a envoyé.",
            "Si vous avez déjà payé, cette page le dira dans un instant."),
        new("pt", "Pagar", "Pagar com", "Valor", "De {0} a {1}", "Referência", "Continuar para o pagamento",
            "Não funcionou.", "Um momento",
            "O seu pagamento está a ser confirmado. Esta página verifica de novo por si.", "Pago", "Obrigado. O seu pagamento chegou.",
            "Voltar à loja", "Este link já não está aberto", "Peça um novo a quem o enviou.",
            "Envie o dinheiro e indique a referência", "Pague até", "Já paguei", "Número da sua transferência, se tiver",
            "Obrigado. Assim que o pagamento for encontrado, esta página o dirá.",
            "Pode tentar de novo.", "O seu banco recusou o pagamento. Nada foi cobrado.",
            "Não havia saldo suficiente para o pagamento. Nada foi cobrado.", "O tempo para pagar terminou. Nada foi cobrado.",
            "O pagamento foi cancelado. Nada foi cobrado.", "Introduza um valor de {0} a {1}.",
            "Esta forma de pagamento precisa de JavaScript. Ative-o e carregue de novo a página.",
            "Esta forma de pagamento não pode ser usada aqui. Peça outro link a quem o enviou.",
            "Se já pagou, esta página vai dizê-lo dentro de momentos."),
        new("ar", "ادفع", "ادفع بواسطة", "المبلغ", "من {0} إلى {1}", "المرجع", "المتابعة إلى الدفع",
            "لم تنجح العملية.", "لحظة من فضلك", "يجري تأكيد دفعتك. تتحقق هذه الصفحة من تلقاء نفسها.",
            "تم الدفع", "شكراً لك. وصلت دفعتك.", "العودة إلى المتجر", "هذا الرابط لم يعد مفتوحاً", "اطلب رابطاً جديداً ممن أرسله إليك.",
            "أرسل المبلغ بنفسك واذكر المرجع", "يرجى الدفع قبل", "لقد دفعت", "رقم التحويل إن وجد",
            "شكراً لك. ستظهر النتيجة هنا حالما يُعثر على دفعتك.",
            "يمكنك المحاولة مرة أخرى.", "رفض البنك عملية الدفع. لم يُخصم أي مبلغ.", "الرصيد لا يكفي لهذه الدفعة. لم يُخصم أي مبلغ.",
            "انتهى الوقت المتاح للدفع. لم يُخصم أي مبلغ.", "أُلغيت عملية الدفع. لم يُخصم أي مبلغ.", "أدخل مبلغاً من {0} إلى {1}.",
            "تحتاج طريقة الدفع هذه إلى JavaScript. شغّله ثم أعد تحميل الصفحة.",
            "لا يمكن استخدام طريقة الدفع هذه هنا. اطلب رابطاً آخر ممن أرسله إليك.",
            "إذا كنت قد دفعت بالفعل فستظهر النتيجة هنا بعد لحظات."),
        new("he", "לתשלום", "לשלם באמצעות", "סכום", "מ-{0} עד {1}", "אסמכתה", "המשך לתשלום", "זה לא הצליח.", "רק רגע",
            "התשלום שלך מאומת כעת. הדף בודק שוב מעצמו.", "שולם", "תודה. התשלום שלך הגיע.", "חזרה לחנות", "הקישור הזה כבר אינו פתוח",
            "אפשר לבקש קישור חדש ממי ששלח אותו.", "יש לשלוח את הכסף ולציין את האסמכתה", "נא לשלם עד", "שילמתי",
            "מספר ההעברה, אם יש", "תודה. ברגע שהתשלום יימצא, הדף יראה זאת.",
            "אפשר לנסות שוב.", "הבנק דחה את התשלום. לא בוצע חיוב.", "לא הייתה יתרה מספקת לתשלום. לא בוצע חיוב.",
            "הזמן לתשלום נגמר. לא בוצע חיוב.", "התשלום בוטל. לא בוצע חיוב.", "יש להזין סכום מ-{0} עד {1}.",
            "אמצעי התשלום הזה דורש JavaScript. יש להפעיל אותו ולטעון את הדף מחדש.",
            "אי אפשר להשתמש כאן באמצעי התשלום הזה. אפשר לבקש קישור אחר ממי ששלח אותו.",
            "אם כבר שילמת, הדף יראה זאת עוד רגע."),
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
