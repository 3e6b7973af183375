namespace Sluice.Rest.V3.StreamsGroups;

/// <summary>URLs and resource names below one streams group.</summary>
internal readonly record struct StreamsGroupLinks(Links Links, string Group)
{
    public string Self => $"{Links.Cluster}/streams-groups/{Group}";

    public string Crn => $"{Links.ClusterCrn}/streams-group={Group}";

    public string Member(string member) => $"{Self}/members/{member}";

    public string MemberCrn(string member) => $"{Crn}/member={member}";
}
