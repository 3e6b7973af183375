using Sluice.Cel.Syntax;

namespace Sluice.Cel.Checking;

/// <summary>Name resolution: https://github.com/google/cel-spec/blob/master/doc/langdef.md#name-resolution.</summary>
internal static class Names
{
    /// <summary>The names that a name may stand for within a container, most specific first.</summary>
    public static IEnumerable<string> Candidates(string container, string name, bool absolute)
    {
        if (!absolute)
        {
            for (var prefix = container; prefix.Length > 0;)
            {
                yield return $"{prefix}.{name}";
                var dot = prefix.LastIndexOf('.');
                prefix = dot < 0 ? "" : prefix[..dot];
            }
        }

        yield return name;
    }

    /// <summary>Whether an expression is names joined by dots, such as <c>a.b.c</c>.</summary>
    public static bool TryQualified(Expr expr, out string name, out IdentExpr root)
    {
        switch (expr)
        {
            case IdentExpr ident:
                name = ident.Name;
                root = ident;
                return true;
            case SelectExpr { TestOnly: false, Optional: false } select when TryQualified(select.Operand, out var prefix, out root):
                name = $"{prefix}.{select.Field}";
                return true;
            default:
                name = "";
                root = null!;
                return false;
        }
    }
}
