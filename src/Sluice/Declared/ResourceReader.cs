using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Sluice.ControlPlane;
using Sluice.Iam.V2;
using Sluice.Iam.V2.IdentityProviders;
using Sluice.Iam.V2.RoleBindings;
using Sluice.Identity;
using Sluice.Identity.Pools;
using Sluice.Iam.V2.IdentityPools;
using Sluice.Org.V2;
using Sluice.State;

namespace Sluice.Declared;

/// <summary>From the members of a declaration to resources, by the rules of the API. Collects every problem of every file.</summary>
internal sealed partial class ResourceReader(IdentityOptions identity, string crnAuthority)
{
    private readonly List<IStateResource> _resources = [];
    private readonly List<string> _problems = [];
    private readonly List<string> _warnings = [];
    private string _file = "";

    public void Problem(string file, string text) => _problems.Add($"{file}: {text}");

    public void Read(string file, JsonElement root)
    {
        _file = file;
        if (root.ValueKind != JsonValueKind.Object)
        {
            Problem(file, "the document must be an object with members such as identity_providers and role_bindings.");
            return;
        }

        var fields = new ControlFields(root);
        fields.Object<object>("organization", ReadOrganization);
        fields.Objects<object>("environments", ReadEnvironment);
        fields.Objects<object>("identity_providers", ReadProvider);
        fields.Objects<object>("users", ReadUser);
        fields.Objects<object>("service_accounts", ReadAccount);
        fields.Objects<object>("api_keys", ReadKey);
        fields.Objects<object>("role_bindings", ReadBinding);
        foreach (var error in fields.Finish())
        {
            Problem(file, $"{error.Pointer}: {error.Detail}");
        }
    }

    /// <summary>What the files say together.</summary>
    public DeclaredResources Finish()
    {
        foreach (var same in _resources.GroupBy(r => (r.Kind, r.Id)).Where(g => g.Count() > 1))
        {
            _problems.Add($"The {same.Key.Kind} '{same.Key.Id}' is declared {same.Count()} times.");
        }

        var issuers = _resources.OfType<IdentityProvider>().SelectMany(p => p.OtherIssuers.Select(o => o.Issuer).Prepend(p.Issuer), (p, issuer) => (p.Id, Issuer: issuer));
        foreach (var same in issuers.GroupBy(i => i.Issuer, StringComparer.Ordinal).Where(g => g.Count() > 1))
        {
            _problems.Add($"The identity providers {string.Join(", ", same.Select(p => p.Id))} have the same issuer {same.Key}.");
        }

        return new DeclaredResources(_resources, _problems, _warnings);
    }

    private object ReadOrganization(ControlFields fields)
    {
        var id = fields.Required("id", Limits.Claim);
        var name = fields.Required("display_name", Limits.Name);
        if (id.Length > 0 && !Guid.TryParse(id, out _))
        {
            fields.Problem("id", "id must be a UUID.");
        }

        if (name.Length > 0 && !OrganizationsEndpoints.Name().IsMatch(name))
        {
            fields.Problem("display_name", "display_name must have 1 to 31 characters, none of <>#%'*^`{|}~\".");
        }

        return Add(new Organization(id, name));
    }

    private object ReadEnvironment(ControlFields fields) =>
        Add(new DeploymentEnvironment(Id(fields, "env-"), fields.Required("display_name", EnvironmentsEndpoints.MaxName), fields.Optional("stream_governance_package", Limits.Name)));

    private object ReadProvider(ControlFields fields)
    {
        var provider = TokenRules.Read(fields).ApplyTo(new IdentityProvider(
            Id(fields, "op-"),
            fields.Required("display_name", Limits.Name),
            fields.Optional("description", Limits.Description) ?? "",
            fields.Required("issuer", Limits.Uri),
            fields.Required("jwks_uri", Limits.Uri))
        {
            IdentityClaim = fields.OptionalNotEmpty("identity_claim", Limits.Claim),
            OtherIssuers = fields.Objects("other_issuers", o => new TrustedIssuer(o.Required("issuer", Limits.Uri), o.Required("jwks_uri", Limits.Uri))) ?? [],
        });
        foreach (var (member, problem) in ProviderCheck.Problems(provider, identity.Outbound))
        {
            fields.Problem(member, problem);
        }

        fields.Objects<object>("identity_pools", pool => ReadPool(provider, pool));
        return Add(provider);
    }

    private object ReadPool(IdentityProvider provider, ControlFields fields)
    {
        var pool = new IdentityPool(
            Id(fields, "pool-"),
            provider.Id,
            fields.Required("display_name", Limits.Name),
            fields.Optional("description", Limits.Description) ?? "",
            fields.OptionalNotEmpty("identity_claim", Limits.Claim) ?? ClaimPath.Subject.Text,
            fields.Required("filter", Limits.Filter));
        var warnings = PoolCheck.AddProblems(fields, pool.IdentityClaim, pool.Filter, provider, identity);
        _warnings.AddRange(warnings.Select(warning => $"{_file}: pool {pool.Id}: {warning}"));
        return Add(pool);
    }

    private object ReadUser(ControlFields fields) =>
        Add(new User(Id(fields, "u-"), fields.Optional("email", Limits.FullName) ?? "", fields.Required("full_name", Limits.FullName)));

    private object ReadAccount(ControlFields fields) =>
        Add(new ServiceAccount(Id(fields, "sa-"), fields.Required("display_name", Limits.Name), fields.Optional("description", Limits.Description) ?? ""));

    private object ReadKey(ControlFields fields)
    {
        var id = Id(fields, "");
        var owner = fields.Required("owner", Limits.Claim);
        if (owner.Length > 0 && !owner.StartsWith("u-", StringComparison.Ordinal) && !owner.StartsWith("sa-", StringComparison.Ordinal))
        {
            fields.Problem("owner", "owner must be the id of a user (u-…) or service account (sa-…).");
        }

        var key = new ApiKey(id, Hash(fields), owner, fields.OptionalNotEmpty("resource", Limits.Claim))
        {
            DisplayName = fields.Optional("display_name", Limits.Name) ?? "",
            Description = fields.Optional("description", Limits.Description) ?? "",
        };
        return Add(key);
    }

    /// <summary>Secrets stay out of the declaration: their hash is in it, or the name of a file that holds the secret.</summary>
    private static string Hash(ControlFields fields)
    {
        var hash = fields.Optional("secret_hash", Limits.Description);
        var file = fields.Optional("secret_file", Limits.Uri);
        if (hash is null == file is null)
        {
            fields.Problem("secret_file", "Give secret_file, the name of a file that holds the secret and nothing else, or secret_hash; not both.");
            return "";
        }

        if (hash is not null)
        {
            if (!HashForm().IsMatch(hash))
            {
                fields.Problem("secret_hash", "secret_hash must look like v1.<salt>.<HMAC-SHA-256>, both in base64.");
            }

            return hash;
        }

        try
        {
            var secret = File.ReadAllText(file!).TrimEnd('\r', '\n');
            if (secret.Length < 16)
            {
                fields.Problem("secret_file", "The secret must have at least 16 characters: it is kept as a fast hash.");
            }

            return ApiKeySecret.Hash(secret);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            fields.Problem("secret_file", e.Message);
            return "";
        }
    }

    private object ReadBinding(ControlFields fields)
    {
        var binding = new RoleBinding(
            "", fields.Required("principal", Limits.Claim), fields.Required("role_name", Limits.Name), fields.Required("crn_pattern", Limits.Crn));
        RoleBindingsEndpoints.AddProblems(fields, binding, crnAuthority);
        if (binding.RoleName.Length > 0 && RoleBindingsEndpoints.UnknownRole(binding.RoleName) is { } unknown)
        {
            fields.Problem("role_name", unknown);
        }

        // The same binding has the same id at each start, so that Terraform may import it.
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes($"{binding.Principal}\n{binding.RoleName}\n{binding.CrnPattern}"));
        return Add(binding with { Id = fields.OptionalNotEmpty("id", Limits.Claim) ?? $"rb-{Convert.ToHexStringLower(digest.AsSpan(0, 6))}" });
    }

    private static string Id(ControlFields fields, string prefix)
    {
        var id = fields.Required("id", Limits.Claim);
        if (id.Length > 0 && (!IdForm().IsMatch(id) || !id.StartsWith(prefix, StringComparison.Ordinal)))
        {
            fields.Problem("id", prefix.Length == 0
                ? "id must be letters, digits, '-' and '_'."
                : $"id must begin with {prefix} and have letters, digits, '-' and '_' behind it.");
        }

        return id;
    }

    private IStateResource Add(IStateResource resource)
    {
        _resources.Add(resource);
        return resource;
    }

    [GeneratedRegex("^[A-Za-z0-9_-]+$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex IdForm();

    [GeneratedRegex("^v1\\.[A-Za-z0-9+/]+=*\\.[A-Za-z0-9+/]{43}=$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex HashForm();
}
