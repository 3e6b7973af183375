using Sluice.Hosting;
using Sluice.State;

namespace Sluice.Serve;

/// <summary>
/// Section <c>Sluice:Administrator</c>: an API key that configuration declares, by which the first administrator gets in. Exactly one of the three secrets.
/// </summary>
internal sealed class AdministratorSettings
{
    private const int ShortestSecret = 32;
    private const string Where = $"{ServeSettings.Section}:Administrator";

    /// <summary>The user name.</summary>
    public string? ApiKey { get; set; }

    /// <summary>What <c>sluice serve admin-key</c> printed: the secret itself is then nowhere on this machine.</summary>
    public string? SecretHash { get; set; }

    /// <summary>The secret, for an environment variable that an orchestrator fills.</summary>
    public string? Secret { get; set; }

    /// <summary>A file that holds the secret.</summary>
    public string? SecretFile { get; set; }

    /// <summary>The key and who owns it, to be declared in the state; nothing when no key is configured.</summary>
    public IReadOnlyList<IStateResource> Declare(string organization, List<string> problems)
    {
        if (new[] { ApiKey, SecretHash, Secret, SecretFile }.All(string.IsNullOrEmpty))
        {
            return [];
        }

        if (ApiKey is null || !ClusterName.IsValid(ApiKey))
        {
            problems.Add($"{Where}:ApiKey must be 1 to 100 letters, digits, '-', '_' and '.': it is the user name of the administrator's key.");
        }

        return Hash(problems) is { } hash && problems.Count == 0 ? DeclaredAdministrator.With(ApiKey!, hash, "u-admin", organization) : [];
    }

    private string? Hash(List<string> problems)
    {
        if (new[] { SecretHash, Secret, SecretFile }.Count(given => !string.IsNullOrEmpty(given)) != 1)
        {
            problems.Add($"{Where} needs exactly one of SecretHash, Secret and SecretFile: `sluice serve admin-key` makes a key and its hash.");
            return null;
        }

        if (SecretHash is { Length: > 0 } hash)
        {
            if (!ApiKeySecret.IsHash(hash))
            {
                problems.Add($"{Where}:SecretHash is not what `sluice serve admin-key` printed.");
            }

            return hash;
        }

        string? secret;
        try
        {
            secret = Secret is { Length: > 0 } ? Secret : File.ReadAllText(SecretFile!).Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            problems.Add($"{Where}:SecretFile cannot be read: {e.Message}");
            return null;
        }

        // Secrets are kept by a fast hash: they must be too long to be guessed.
        if (secret.Length < ShortestSecret)
        {
            problems.Add($"{Where}:{(Secret is { Length: > 0 } ? nameof(Secret) : nameof(SecretFile))} holds a secret of fewer than {ShortestSecret} characters: let `sluice serve admin-key` make one.");
        }

        return ApiKeySecret.Hash(secret);
    }
}
