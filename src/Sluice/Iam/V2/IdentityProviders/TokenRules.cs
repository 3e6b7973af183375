using Sluice.ControlPlane;
using Sluice.State;

namespace Sluice.Iam.V2.IdentityProviders;

/// <summary>
/// What a provider asks of its tokens beyond the Cloud's API: members of its body that are an extension. Null: not sent, so unchanged;
/// an empty array, false, or null on the wire takes a rule away.
/// </summary>
internal sealed record TokenRules(IReadOnlyList<string>? ExpectedAudiences, IReadOnlyList<string>? AllowedAlgorithms, bool? RequireAccessTokenType)
{
    private const int MaxMembers = 100;

    public static TokenRules Read(ControlFields fields) => new(
        ReadArray(fields, "expected_audiences", Limits.Uri),
        ReadArray(fields, "allowed_algorithms", Limits.Name),
        fields.OptionalBoolean("require_access_token_type") ?? (fields.Has("require_access_token_type") ? false : null));

    public IdentityProvider ApplyTo(IdentityProvider provider) => provider with
    {
        ExpectedAudiences = Changed(provider.ExpectedAudiences, ExpectedAudiences),
        AllowedAlgorithms = Changed(provider.AllowedAlgorithms, AllowedAlgorithms),
        RequireAccessTokenType = RequireAccessTokenType ?? provider.RequireAccessTokenType,
    };

    /// <summary>The old one where it says the same: resources are compared to see whether anything changed.</summary>
    private static IReadOnlyList<string> Changed(IReadOnlyList<string> old, IReadOnlyList<string>? sent) =>
        sent is null || sent.SequenceEqual(old, StringComparer.Ordinal) ? old : sent;

    private static IReadOnlyList<string>? ReadArray(ControlFields fields, string name, int maxLength)
    {
        var members = fields.Strings(name, maxLength) ?? (fields.Has(name) ? [] : null);
        if (members is { Count: > MaxMembers })
        {
            fields.Problem(name, $"{name} has at most {MaxMembers} members.");
        }

        return members;
    }
}
