namespace Sluice.Cel.Linting;

/// <summary>Under an issuer that many tenants share, every way in which a filter can be true must hold a condition on <c>sub</c> or <c>aud</c>.</summary>
internal static class SharedIssuerRule
{
    private static readonly string[] Claims = ["sub", "aud"];

    public static void Check(LintContext context)
    {
        if (!new ClaimConstraints(context, Claims).Hold())
        {
            context.Warn(
                CelLint.SharedIssuer,
                context.Root.Span,
                "this issuer serves many tenants, and the filter can be true without a condition on 'sub' or 'aud': it lets strangers in",
                "add && claims.aud == \"…\" or && claims.sub == \"…\"");
        }
    }
}
