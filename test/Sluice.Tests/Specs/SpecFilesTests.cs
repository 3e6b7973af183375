using Sluice.Testing.Specs;

namespace Sluice.Tests.Specs;

/// <summary>The published files are all there and are found by path.</summary>
public sealed class SpecFilesTests
{
    [Theory]
    [InlineData("GET", "/kafka/v3/clusters/lkc-1/topics/t", "kafka-rest-v3-cloud.yaml", "/kafka/v3/clusters/{cluster_id}/topics/{topic_name}")]
    [InlineData("GET", "/v3/clusters/lkc-1/topics/t", "kafka-rest-v3-cloud.yaml", "/kafka/v3/clusters/{cluster_id}/topics/{topic_name}")]
    [InlineData("GET", "/v3/clusters", "kafka-rest-v3-onprem.yaml", "/clusters")]
    [InlineData("GET", "/kafka/v3/clusters/lkc-1/brokers/1", "kafka-rest-v3-onprem.yaml", "/clusters/{cluster_id}/brokers/{broker_id}")]
    [InlineData("GET", "/v3/clusters/lkc-1/share-groups", "kafka-rest-v3-cloud.yaml", "/kafka/v3/clusters/{cluster_id}/share-groups")]
    [InlineData("GET", "/kafka/v3/clusters/lkc-1/topics/-/configs", "kafka-rest-v3-cloud.yaml", "/kafka/v3/clusters/{cluster_id}/topics/-/configs")]
    [InlineData("GET", "/iam/v2/identity-providers/op-1/identity-pools/pool-1", "identity-provider-v2.yaml", "/iam/v2/identity-providers/{provider_id}/identity-pools/{id}")]
    [InlineData("POST", "/sts/v1/oauth2/token", "sts-v1.yaml", "/sts/v1/oauth2/token")]
    [InlineData("GET", "/iam/v2/role-bindings", "mds-v2.yaml", "/iam/v2/role-bindings")]
    public void A_request_is_found_in_the_file_that_describes_it(string method, string path, string file, string template)
    {
        Assert.SkipUnless(SpecFiles.Available, SpecFiles.Missing);

        var found = SpecFiles.All!.Find(method, path);

        Assert.NotNull(found);
        Assert.Equal((file, template), (found.Value.Document.Name, found.Value.Route.Template));
    }

    [Fact]
    public void The_files_have_all_the_operations_of_the_published_surfaces()
    {
        Assert.SkipUnless(SpecFiles.Available, SpecFiles.Missing);

        Assert.Equal(69, SpecFiles.All!.Cloud.Routes.Count);
        Assert.Equal(85, SpecFiles.All.OnPremises.Routes.Count);
        Assert.Equal(52, SpecFiles.All.ControlPlane.Sum(static document => document.Routes.Count));
    }
}
