namespace Sluice.Cli.Resources;

/// <summary>Fields that several kinds of resource have.</summary>
internal static class CommonFields
{
    public static ResourceField Name { get; } = new("--name", "/display_name", "Name for people, at most 64 characters.") { Required = true };

    public static ResourceField Description { get; } = new("--description", "/description", "What it is for, at most 512 characters.") { Default = "" };

    public static ResourceField IdentityClaim { get; } = new(
        "--identity-claim", "/identity_claim", "The claim that names the caller in audit records, such as claims.sub.")
    { HelpName = "CLAIM" };
}
