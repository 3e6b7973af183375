namespace Sluice.State;

/// <summary>What administrators configure. The names are written to the change log: never rename one.</summary>
public enum ResourceKind
{
    Organization,
    Environment,
    IdentityProvider,
    IdentityPool,
    User,
    ServiceAccount,
    ApiKey,
    RoleBinding,
}
