namespace Sluice.Http;

/// <summary>Routes that carry it check their callers themselves, where others are checked by <see cref="AuthenticationStage"/>.</summary>
internal sealed class OwnAuthentication
{
    private OwnAuthentication()
    {
    }

    public static OwnAuthentication Instance { get; } = new();
}
