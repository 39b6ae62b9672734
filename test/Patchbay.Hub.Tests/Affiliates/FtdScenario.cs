using FsCheck;
using FsCheck.Fluent;

namespace Patchbay.Hub.Tests.Affiliates;

/// <summary>What may happen to a lead's money.</summary>
internal enum FtdMove
{
    Deposit,
    DepositWithRate,
    Repeat,
    Reverse,
    Pay,
    Refund,
    ChargeBack,
}

/// <summary>One thing that happens.</summary>
/// <param name="Node">Which node does it.</param>
/// <param name="Size">Of the deposit, in hundredths of a major unit; or of the refund.</param>
/// <param name="Target">Which of the things before it is about.</param>
/// <param name="Dies">The node dies after it has decided, before it commits; then it is done again.</param>
/// <param name="Twice">It is told twice, on both nodes at the same time.</param>
internal sealed record FtdStep(FtdMove Move, int Node, int Lead, string Currency, int Size, int Target, bool Dies, bool Twice);

/// <summary>Things that happen: those of one wave at the same time, on two nodes.</summary>
internal sealed record FtdScenario(int Minimum, int BrazilsMinimum, IReadOnlyList<IReadOnlyList<FtdStep>> Waves)
{
    private static readonly Gen<FtdStep> Steps =
        from move in Gen.Frequency((5, Gen.Constant(FtdMove.Deposit)), (1, Gen.Constant(FtdMove.DepositWithRate)),
            (1, Gen.Constant(FtdMove.Repeat)), (2, Gen.Constant(FtdMove.Reverse)),
            (4, Gen.Constant(FtdMove.Pay)), (2, Gen.Constant(FtdMove.Refund)), (1, Gen.Constant(FtdMove.ChargeBack)))
        from node in Gen.Choose(0, 1)
        from lead in Gen.Choose(0, 1)
        from currency in Gen.Elements("USD", "EUR", "JPY", "KWD")
        from size in Gen.Choose(1, 9_000)
        from target in Gen.Choose(0, 100)
        from dies in Gen.Frequency((4, Gen.Constant(false)), (1, Gen.Constant(true)))
        from twice in Gen.Frequency((3, Gen.Constant(false)), (1, Gen.Constant(true)))
        select new FtdStep(move, node, lead, currency, size, target, dies, twice);

    public static readonly Gen<FtdScenario> All =
        from minimum in Gen.Choose(1, 300)
        from brazils in Gen.Choose(1, 300)
        from waves in Gen.ListOf(Gen.ListOf(Steps).Where(steps => steps.Count is > 0 and < 6)).Where(waves => waves.Count is > 0 and < 8)
        select new FtdScenario(minimum, brazils, [.. waves.Select(wave => (IReadOnlyList<FtdStep>)[.. wave])]);
}
