namespace Sluice.Cel.Linting;

/// <summary>Where nothing else looks at the audience, every way in which a filter can be true should hold a condition on <c>aud</c>.</summary>
internal static class OpenAudienceRule
{
    private static readonly string[] Claims = ["aud"];

    public static void Check(LintContext context)
    {
        if (!new ClaimConstraints(context, Claims).Hold())
        {
            context.Warn(
                CelLint.OpenAudience,
                context.Root.Span,
                "the filter can be true without a condition on 'aud': it takes tokens that the issuer made for other services too",
                "add && claims.aud == \"…\"");
        }
    }
}
