using System.Runtime.CompilerServices;

namespace Sluice.Cel.Evaluation;

/// <summary>Room on the stack for the variables of macros.</summary>
[InlineArray(Length)]
internal struct FewLocals
{
    public const int Length = 4;

    private CelValue _first;
}
