namespace Sluice.Rest.V3.ShareGroups;

/// <summary>URLs and resource names below one share group.</summary>
internal readonly record struct ShareGroupLinks(Links Links, string Group)
{
    public string Self => $"{Links.Cluster}/share-groups/{Group}";

    public string Crn => $"{Links.ClusterCrn}/share-group={Group}";

    public string Consumer(string consumer) => $"{Self}/consumers/{consumer}";

    public string ConsumerCrn(string consumer) => $"{Crn}/consumer={consumer}";
}
