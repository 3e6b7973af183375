namespace Sluice.Tests.Rest.V3;

public abstract class AclsTests(SharedGateway shared) : RestTests(shared)
{
    private string Acls => $"{Cluster}/acls";

    [Fact]
    public async Task Create_answers_201_without_a_body_and_its_location_finds_exactly_that_acl()
    {
        var name = Unique("acl");
        var created = await Gateway.PostAsync(Acls, Body(name));
        var again = await Gateway.PostAsync(Acls, Body(name));
        var self = $"{ClusterUrl}/acls?resource_type=TOPIC&resource_name={name}&pattern_type=PREFIXED&principal=User%3Aalice&host=*&operation=READ&permission=ALLOW";

        Assert.Equal((201, "", self), (created.Status, created.Body, created.Headers.Location!.OriginalString));
        Assert.Equal(201, again.Status);
        var answer = await EventuallyAsync(self[Gateway.Info.Url.Length..], a => Data(a).Count > 0);
        Assert.Equal(
            $$"""
            {"kind":"KafkaAclList","metadata":{"self":"{{self}}","next":null},"data":[{"kind":"KafkaAcl","metadata":{"self":"{{self}}"},"cluster_id":"{{Gateway.Info.ClusterId}}","resource_type":"TOPIC","resource_name":"{{name}}","pattern_type":"PREFIXED","principal":"User:alice","host":"*","operation":"READ","permission":"ALLOW"}]}
            """,
            answer.Body);
    }

    [Fact]
    public async Task The_self_of_a_list_repeats_all_seven_filters()
    {
        var none = await Gateway.GetAsync(Acls);
        var some = await Gateway.GetAsync($"{Acls}?resource_type=topic&principal=User:a%20b&operation=Read&host=");

        AssertList(none, "KafkaAclList", $"{ClusterUrl}/acls?resource_type=ANY&resource_name=&pattern_type=ANY&principal=&host=&operation=ANY&permission=ANY");
        AssertList(
            some, "KafkaAclList", $"{ClusterUrl}/acls?resource_type=TOPIC&resource_name=&pattern_type=ANY&principal=User%3Aa+b&host=&operation=READ&permission=ANY");
    }

    [Fact]
    public async Task The_list_is_in_the_order_of_the_words_declarations()
    {
        var name = Unique("order");
        string[] bodies =
        [
            Body(name, "User:b", "WRITE"), Body(name, "User:b", "READ"), Body(name, "User:a", "DESCRIBE"), Body(name, "User:a", "READ", "DENY"),
            Body(name, "User:a", "READ"), Body(name, "User:a", "READ", type: "GROUP"), Body(name, "User:a", "READ", pattern: "LITERAL"),
        ];
        var created = await Gateway.PostAsync($"{Acls}:batch", $$"""{"data":[{{string.Join(',', bodies)}}]}""");
        var answer = await EventuallyAsync($"{Acls}?resource_name={name}", a => Data(a).Count == bodies.Length);

        Assert.Equal((201, ""), (created.Status, created.Body));
        Assert.Equal(
            [
                "TOPIC LITERAL User:a READ ALLOW", "TOPIC PREFIXED User:a READ DENY", "TOPIC PREFIXED User:a READ ALLOW",
                "TOPIC PREFIXED User:a DESCRIBE ALLOW", "TOPIC PREFIXED User:b READ ALLOW", "TOPIC PREFIXED User:b WRITE ALLOW",
                "GROUP PREFIXED User:a READ ALLOW",
            ],
            Data(answer).Select(a => string.Join(
                ' ', Text(a, "resource_type"), Text(a, "pattern_type"), Text(a, "principal"), Text(a, "operation"), Text(a, "permission"))));
    }

    [Fact]
    public async Task UserV2_is_another_spelling_of_User_and_with_a_star_means_everyone()
    {
        var name = Unique("v2");
        await Gateway.PostAsync(Acls, Body(name, "User:sa-1"));
        await Gateway.PostAsync(Acls, Body(name, "UserV2:sa-2"));
        await Gateway.PostAsync(Acls, Body(name, "User:*"));
        await EventuallyAsync($"{Acls}?resource_name={name}", a => Data(a).Count == 3);
        var everyone = await Gateway.GetAsync($"{Acls}?host=*&principal=UserV2:*&resource_name={name}");
        var one = await Gateway.GetAsync($"{Acls}?principal=UserV2:sa-2&resource_name={name}");
        var star = await Gateway.GetAsync($"{Acls}?principal=User:*&resource_name={name}");

        Assert.Equal(["User:*", "User:sa-1", "User:sa-2"], Data(everyone).Select(a => Text(a, "principal")));
        Assert.Equal(["User:sa-2"], Data(one).Select(a => Text(a, "principal")));
        Assert.Equal(["User:*"], Data(star).Select(a => Text(a, "principal")));
        Assert.Contains("principal=UserV2%3A*&", Text(everyone.Json.GetProperty("metadata"), "self"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Delete_answers_what_is_gone_and_leaves_the_rest()
    {
        var name = Unique("gone");
        await Gateway.PostAsync($"{Acls}:batch", $$"""{"data":[{{Body(name)}},{{Body(name, operation: "WRITE")}},{{Body(name, "User:*")}}]}""");
        await EventuallyAsync($"{Acls}?resource_name={name}", a => Data(a).Count == 3);
        var filter = $"resource_type=TOPIC&resource_name={name}&pattern_type=PREFIXED&permission=ALLOW&host=*";
        var one = await Gateway.SendAsync(HttpMethod.Delete, $"{Acls}?{filter}&principal=User:alice&operation=READ");
        var none = await EventuallyAsync(
            () => Gateway.SendAsync(HttpMethod.Delete, $"{Acls}?{filter}&principal=User:alice&operation=READ"), a => Data(a).Count == 0);
        var star = await Gateway.SendAsync(HttpMethod.Delete, $"{Acls}?{filter}&principal=UserV2:*&operation=ANY");
        var rest = await EventuallyAsync($"{Acls}?resource_name={name}", a => Data(a).Count == 1);

        Assert.Equal(200, one.Status);
        Assert.StartsWith("""{"data":[{"kind":"KafkaAcl","metadata":{"self":""", one.Body, StringComparison.Ordinal);
        Assert.Equal("READ", Text(Assert.Single(Data(one)), "operation"));
        Assert.Equal("""{"data":[]}""", none.Body);
        Assert.Equal("User:*", Text(Assert.Single(Data(star)), "principal")); // a literal star: deleting takes no wildcards for principals
        Assert.Equal(("User:alice", "WRITE"), (Text(Data(rest)[0], "principal"), Text(Data(rest)[0], "operation")));
    }

    [Theory]
    [InlineData("", "resource_type")]
    [InlineData("resource_type=TOPIC&pattern_type=ANY&operation=ANY", "permission")]
    [InlineData("resource_type=TOPIC&pattern_type=ANY&permission=ANY", "operation")]
    [InlineData("resource_type=TOPIC&operation=ANY&permission=ANY", "pattern_type")]
    [InlineData("resource_type=UNKNOWN&pattern_type=ANY&operation=ANY&permission=ANY", "resource_type")]
    [InlineData("resource_type=&pattern_type=ANY&operation=ANY&permission=ANY", "resource_type")]
    public async Task Delete_needs_the_four_enumerations(string query, string missing) =>
        AssertError(await Gateway.SendAsync(HttpMethod.Delete, $"{Acls}?{query}"), 400, 400, $"{missing} cannot be unspecified or UNKNOWN");

    [Theory]
    [InlineData("resource_type=UNKNOWN", 400)]
    [InlineData("pattern_type=unknown", 400)]
    [InlineData("operation=UNKNOWN", 400)]
    [InlineData("permission=UNKNOWN", 400)]
    [InlineData("resource_type=SHOE", 404)]
    [InlineData("resource_type=USER", 404)]
    [InlineData("resource_type=3", 404)]
    [InlineData("pattern_type=x", 404)]
    [InlineData("operation=CREATE_TOKENS", 404)]
    [InlineData("permission=maybe", 404)]
    public async Task Search_refuses_words_it_does_not_have(string query, int status) =>
        AssertError(await Gateway.GetAsync($"{Acls}?{query}"), status, status);

    [Fact]
    public async Task A_search_for_patterns_that_match_a_name_finds_prefixes_and_the_wildcard()
    {
        var name = Unique("match");
        await Gateway.PostAsync($"{Acls}:batch", $$"""{"data":[{{Body(name, "User:m")}},{{Body("*", "User:m", pattern: "LITERAL")}},{{Body(name + "-x", "User:m", pattern: "LITERAL")}}]}""");
        var answer = await EventuallyAsync(
            $"{Acls}?resource_type=topic&resource_name={name}-x&pattern_type=match&principal=User:m", a => Data(a).Count == 3);

        Assert.Equal(["*", name, name + "-x"], Data(answer).Select(a => Text(a, "resource_name")));
        await Gateway.SendAsync(HttpMethod.Delete, $"{Acls}?resource_type=ANY&pattern_type=ANY&operation=ANY&permission=ANY&principal=User:m");
    }

    [Theory]
    [InlineData("", 422, 42206, "Payload error. Null input provided. Data is required.")]
    [InlineData("null", 422, 42206, "Payload error. Null input provided. Data is required.")]
    [InlineData("{}", 400, 400, null)]
    [InlineData("[]", 400, 400, null)]
    [InlineData("""{"resource_type":"TOPIC","pattern_type":"LITERAL","principal":"User:a","host":"*","operation":"READ","permission":"ALLOW"}""", 400, 400, null)]
    [InlineData("""{"resource_type":"topic","resource_name":"t","pattern_type":"LITERAL","principal":"User:a","host":"*","operation":"READ","permission":"ALLOW"}""", 400, 400, null)]
    [InlineData("""{"resource_type":"USER","resource_name":"t","pattern_type":"LITERAL","principal":"User:a","host":"*","operation":"READ","permission":"ALLOW"}""", 400, 400, null)]
    [InlineData("""{"resource_type":7,"resource_name":"t","pattern_type":"LITERAL","principal":"User:a","host":"*","operation":"READ","permission":"ALLOW"}""", 400, 400, null)]
    [InlineData("""{"resource_type":"ANY","resource_name":"t","pattern_type":"LITERAL","principal":"User:a","host":"*","operation":"READ","permission":"ALLOW"}""", 400, 400, "Bad Request: resource_type cannot be ANY or UNKNOWN")]
    [InlineData("""{"resource_type":"TOPIC","resource_name":"t","pattern_type":"MATCH","principal":"User:a","host":"*","operation":"READ","permission":"ALLOW"}""", 400, 400, "Bad Request: pattern_type cannot be ANY, MATCH or UNKNOWN")]
    [InlineData("""{"resource_type":"TOPIC","resource_name":"t","pattern_type":"LITERAL","principal":"User:a","host":"*","operation":"ANY","permission":"ALLOW"}""", 400, 400, "Bad Request: operation cannot be ANY or UNKNOWN")]
    [InlineData("""{"resource_type":"TOPIC","resource_name":"t","pattern_type":"LITERAL","principal":"User:a","host":"*","operation":"READ","permission":"UNKNOWN"}""", 400, 400, "Bad Request: permission cannot be ANY or UNKNOWN")]
    [InlineData("""{"resource_type":"CLUSTER","resource_name":"mine","pattern_type":"LITERAL","principal":"User:a","host":"*","operation":"ALTER","permission":"ALLOW"}""", 400, 40002, "The only valid name for the CLUSTER resource is kafka-cluster")]
    [InlineData("""{"resource_type":"TOPIC","resource_name":"","pattern_type":"LITERAL","principal":"User:a","host":"*","operation":"READ","permission":"ALLOW"}""", 400, 40002, null)]
    [InlineData("""{"resource_type":"TOPIC","resource_name":"t","pattern_type":"LITERAL","principal":"nobody","host":"*","operation":"READ","permission":"ALLOW"}""", 400, 40002, null)]
    [InlineData("""{"resource_type":"TOPIC","resource_name":"t","pattern_type":"LITERAL","principal":"User:a","host":"*","operation":"READ","permission":"ALLOW","note":""}""", 422, 422, "Unrecognized field: note")]
    public async Task Create_refuses(string body, int status, int code, string? message) =>
        AssertError(await Gateway.PostAsync(Acls, body), status, code, message);

    [Fact]
    public async Task A_batch_with_one_invalid_entry_creates_nothing()
    {
        var name = Unique("batch");
        var empty = await Gateway.PostAsync($"{Acls}:batch", "{}");
        var nothing = await Gateway.PostAsync($"{Acls}:batch", """{"data":[]}""");
        var missing = await Gateway.PostAsync($"{Acls}:batch", "");
        var wrong = await Gateway.PostAsync($"{Acls}:batch", $$"""{"data":[{{Body(name)}},{{Body(name, operation: "ANY")}}]}""");
        var notObject = await Gateway.PostAsync($"{Acls}:batch", """{"data":["x"]}""");

        AssertError(empty, 422, 42206, "Payload error. Empty input provided. Data is required.");
        Assert.Equal((201, ""), (nothing.Status, nothing.Body));
        AssertError(missing, 422, 42206, "Payload error. Null input provided. Data is required.");
        AssertError(wrong, 400, 400, "Bad Request: data[1].operation cannot be ANY or UNKNOWN");
        AssertError(notObject, 400, 400);
        Assert.Empty(Data(await Gateway.GetAsync($"{Acls}?resource_name={name}")));
    }

    private static string Body(
        string name, string principal = "User:alice", string operation = "READ", string permission = "ALLOW", string type = "TOPIC", string pattern = "PREFIXED") =>
        $$"""{"resource_type":"{{type}}","resource_name":"{{name}}","pattern_type":"{{pattern}}","principal":"{{principal}}","host":"*","operation":"{{operation}}","permission":"{{permission}}"}""";
}

public sealed class AclsEmbeddedTests(EmbeddedGateway shared) : AclsTests(shared), IClassFixture<EmbeddedGateway>;

public sealed class AclsKafkaTests(KafkaGateway shared) : AclsTests(shared), IClassFixture<KafkaGateway>;
