namespace Sluice.Rest.V3.ConsumerGroups;

/// <summary>URLs and resource names below one consumer group.</summary>
internal readonly record struct ConsumerGroupLinks(Links Links, string Group)
{
    public string Self => $"{Links.Cluster}/consumer-groups/{Group}";

    public string Crn => $"{Links.ClusterCrn}/consumer-group={Group}";

    public string Consumer(string consumer) => $"{Self}/consumers/{consumer}";

    public string ConsumerCrn(string consumer) => $"{Crn}/consumer={consumer}";

    public string Lag(string topic, int partition) => $"{Self}/lags/{topic}/partitions/{partition}";
}
