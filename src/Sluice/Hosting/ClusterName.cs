namespace Sluice.Hosting;

/// <summary>What a cluster's id may look like: it is a segment of URLs and of resource names (CRNs).</summary>
internal static class ClusterName
{
    /// <summary>For messages.</summary>
    public const string Rule = "use 1 to 100 letters, digits, '-', '_' and '.', such as lkc-orders";

    public static bool IsValid(string id) =>
        id.Length is >= 1 and <= 100 && id is not ("." or "..") && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');
}
