using Microsoft.Extensions.Options;
using Sluice.ControlPlane;
using Sluice.Identity;
using Sluice.Identity.Pools;
using Sluice.Identity.Rules;
using Sluice.State;

namespace Sluice.Iam.V2.IdentityProviders;

/// <summary>Whether an identity provider may be saved: its addresses, its identity claim, its keys.</summary>
internal sealed class ProviderCheck(IProviderKeys keys, IOptions<IdentityOptions> identity, IOptions<ControlOptions> control)
{
    private const int MostExamined = 200;
    private const int MostNamed = 10;

    /// <summary>What its texts tell, each with the member to blame.</summary>
    public IEnumerable<(string Member, string Problem)> Problems(IdentityProvider provider) => Problems(provider, identity.Value.Outbound);

    /// <inheritdoc cref="Problems(IdentityProvider)"/>
    public static IEnumerable<(string Member, string Problem)> Problems(IdentityProvider provider, OutboundOptions outbound)
    {
        if (provider.Issuer.Length > 0 && ProviderRules.CheckIssuer(provider.Issuer, outbound) is { } badIssuer)
        {
            yield return ("issuer", badIssuer);
        }

        if (provider.JwksUri.Length > 0 && ProviderRules.CheckJwksUri(provider.JwksUri, outbound) is { } badKeys)
        {
            yield return ("jwks_uri", badKeys);
        }

        if (provider.IdentityClaim is { } claim && ClaimPath.Parse(claim) is null)
        {
            yield return ("identity_claim", ClaimProblem);
        }

        if (ProviderRules.CheckAlgorithms(provider.AllowedAlgorithms) is { } unknown)
        {
            yield return ("allowed_algorithms", unknown);
        }

        foreach (var other in provider.OtherIssuers)
        {
            if ((ProviderRules.CheckIssuer(other.Issuer, outbound) ?? ProviderRules.CheckJwksUri(other.JwksUri, outbound)) is { } problem)
            {
                yield return ("other_issuers", $"In other_issuers, {problem}");
            }
        }
    }

    /// <summary>What is wrong with an identity claim that is no path.</summary>
    public const string ClaimProblem =
        "identity_claim must be a path to a claim, such as claims.sub or claims[\"https://example.com/id\"].";

    /// <summary>Moving to an issuer that many tenants share must not leave a pool behind that takes them all.</summary>
    public ControlError? PoolTooWide(GatewayState state, IdentityProvider wanted)
    {
        if (!FilterRules.IsShared(wanted, identity.Value) || !state.Indexes.PoolIdsByProvider.TryGetValue(wanted.Id, out var pools))
        {
            return null;
        }

        var wide = pools.Order(StringComparer.Ordinal).FirstOrDefault(id => FilterRules.Check(state.IdentityPools[id].Filter, wanted, identity.Value).Problems.Count > 0);
        return wide is null
            ? null
            : ControlErrors.Invalid("/issuer", $"Many tenants share this issuer, and the filter of the pool '{wide}' constrains neither sub nor aud in every way in. Change the filter first.");
    }

    /// <summary>What to know about a provider without expected audiences: pools of it that take tokens whatever their <c>aud</c>. Null: there are none.</summary>
    public static string? PoolsLeftOpen(GatewayState state, IdentityProvider provider)
    {
        if (provider.ExpectedAudiences.Count > 0 || !state.Indexes.PoolIdsByProvider.TryGetValue(provider.Id, out var pools))
        {
            return null;
        }

        // The first ones tell enough, and there may be thousands of pools.
        var open = pools.Order(StringComparer.Ordinal).Take(MostExamined).Where(id => FilterRules.OpenAudienceWarning(state.IdentityPools[id].Filter, provider) is not null).Take(MostNamed).ToArray();
        return open.Length == 0
            ? null
            : $"Without expected audiences nothing looks at aud for these pools, whose filters leave it open: {string.Join(", ", open)}.";
    }

    /// <summary>Fetches the keys once, as far as the settings want it. An unreachable host may become a warning.</summary>
    public async Task<ControlError?> KeysAsync(IdentityProvider provider, HttpContext context)
    {
        if (control.Value.KeysOnSave == KeysOnSave.Never || await keys.ProbeAsync(provider.JwksUri, context.RequestAborted) is not { } failure)
        {
            return null;
        }

        if (failure.IsUnreachable && control.Value.KeysOnSave == KeysOnSave.WhenReachable)
        {
            Warnings.Add(context, $"No keys can be fetched from jwks_uri now ({failure.Reason}). Tokens of this provider answer 503 until they can.");
            return null;
        }

        return ControlErrors.Invalid(
            "/jwks_uri",
            $"No usable keys can be fetched from jwks_uri: {failure.Reason}. Check the address, and that the gateway may reach it (Sluice:Identity:Outbound).");
    }
}
