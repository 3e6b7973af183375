namespace Sluice.Identity;

/// <summary>Credentials in, caller or refusal out: stages 1 and 2 of every request.</summary>
public interface IAuthenticator
{
    /// <summary>Checks what the client sent. Completes synchronously unless keys have to be fetched.</summary>
    ValueTask<AuthenticationOutcome> AuthenticateAsync(in PresentedCredentials credentials, CancellationToken cancellationToken);
}
