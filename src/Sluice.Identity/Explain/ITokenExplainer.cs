namespace Sluice.Identity.Explain;

/// <summary>Says why a token is let in or refused, by the very checks that answer requests.</summary>
public interface ITokenExplainer
{
    /// <summary>Explains; remembers and logs nothing of the token. Waits for keys as a request would.</summary>
    /// <param name="token">The token's text, however malformed.</param>
    /// <param name="pools">The value that <c>Confluent-Identity-Pool-Id</c> would have; null: absent.</param>
    /// <param name="cancellationToken">Ends waiting for keys.</param>
    Task<TokenExplanation> ExplainAsync(string token, string? pools, CancellationToken cancellationToken);
}
