namespace Sluice.Identity.Tokens;

/// <summary>The checks a token goes through, in their order. Names are stable: explain shows them.</summary>
public enum TokenCheck
{
    /// <summary>Three strict base64url parts, strict JSON, nothing in the header that changes what the rest means.</summary>
    Structure,

    /// <summary><c>iss</c> is a provider's, byte for byte.</summary>
    Issuer,

    /// <summary><c>alg</c> is a public-key signature, and one the provider may use.</summary>
    Algorithm,

    /// <summary>The header's <c>typ</c> is not another kind of JWT's.</summary>
    Type,

    /// <summary>The provider publishes the key.</summary>
    Key,

    Signature,

    /// <summary><c>exp</c>, <c>iat</c>, <c>nbf</c>.</summary>
    Times,

    /// <summary>The claims are an access token's, not an ID token's or another's.</summary>
    Kind,

    Subject,

    Audience,

    DenyList,

    /// <summary><c>cnf</c> can be proved to this gateway.</summary>
    Binding,

    /// <summary>A pool that may be used matches.</summary>
    Pools,

    /// <summary>The identity claim names the caller.</summary>
    Identity,
}
