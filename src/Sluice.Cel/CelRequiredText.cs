using Sluice.Cel.Planning;

namespace Sluice.Cel;

/// <summary>
/// A program can be true only if a member of its one variable is, or holds (as an element or a key), one of these texts. For finding candidates among many
/// programs without running them all.
/// </summary>
/// <param name="Member">The member's name.</param>
/// <param name="Texts">The texts; at least one.</param>
/// <example><c>claims.sub == 'a' &amp;&amp; 'w' in claims.groups</c> requires <c>a</c> of <c>sub</c>, and <c>w</c> of <c>groups</c>.</example>
public sealed record CelRequiredText(string Member, IReadOnlyList<string> Texts)
{
    /// <summary>Conditions that must all hold for <paramref name="program"/> to be true. None: nothing is known.</summary>
    public static IReadOnlyList<CelRequiredText> Of(CelProgram program)
    {
        ArgumentNullException.ThrowIfNull(program);
        return program.Tree.IsChecked && program.Environment.OnlyVariable is { } variable
            ? new RequiredTexts(program.Tree, variable).Of(program.Tree.Root)
            : [];
    }
}
