namespace Sluice.Cli.Tokens;

/// <summary>How a client proves to a token endpoint who it is (OpenID Connect Core §9).</summary>
internal static class AuthenticationMethod
{
    public const string Basic = "client_secret_basic";
    public const string Post = "client_secret_post";
    public const string PrivateKeyJwt = "private_key_jwt";

    /// <summary>The one to use when the user names none: a key is given to sign with it, and a secret goes where the provider takes it.</summary>
    public static string Choose(bool hasKey, IReadOnlyList<string> supported) =>
        hasKey ? PrivateKeyJwt
        : supported.Count > 0 && !supported.Contains(Basic) && supported.Contains(Post) ? Post
        : Basic;
}
