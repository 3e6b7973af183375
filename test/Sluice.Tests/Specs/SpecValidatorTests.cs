using Sluice.Testing.Specs;

namespace Sluice.Tests.Specs;

/// <summary>The validator itself: it must be able to fail.</summary>
public sealed class SpecValidatorTests
{
    private const string Document = """
        openapi: 3.0.0
        info: { title: t, version: '1' }
        paths:
          /things/{name}:
            get:
              responses:
                '200':
                  description: ok
                  headers:
                    X-Needed: { required: true, schema: { type: string } }
                  content:
                    application/json:
                      schema: { $ref: '#/components/schemas/Thing' }
                5XX:
                  description: broken
                  content:
                    application/json:
                      schema: { $ref: '#/components/schemas/Error' }
          /things/-/all:
            get:
              responses:
                '204': { description: nothing }
        components:
          schemas:
            Base:
              type: object
              required: [kind]
              properties:
                kind: { type: string, enum: [Thing] }
            Thing:
              allOf:
              - $ref: '#/components/schemas/Base'
              - type: object
                required: [count]
                properties:
                  count: { type: integer, format: int32 }
                  rack: { type: string, nullable: true }
                  when: { type: string, format: date-time }
                  colour: { type: string, x-extensible-enum: [RED, BLUE] }
                  parts:
                    type: array
                    items: { $ref: '#/components/schemas/Base' }
            Error:
              type: object
              required: [error_code]
              properties:
                error_code: { type: integer }
        """;

    private static readonly SpecDocument Spec = SpecDocument.Parse("test.yaml", Document);

    [Theory]
    [InlineData(200, """{"kind":"Thing","count":1}""", null)]
    [InlineData(200, """{"kind":"Thing","count":1,"rack":null,"when":"2026-11-24T10:00:00.5Z","colour":"RED","parts":[{"kind":"Thing"}]}""", null)]
    [InlineData(503, """{"error_code":50302}""", null)]
    [InlineData(200, """{"kind":"Thing"}""", SpecRule.Schema)]
    [InlineData(200, """{"count":1}""", SpecRule.Schema)]
    [InlineData(200, """{"kind":"Other","count":1}""", SpecRule.Schema)]
    [InlineData(200, """{"kind":"Thing","count":"1"}""", SpecRule.Schema)]
    [InlineData(200, """{"kind":"Thing","count":null}""", SpecRule.Schema)]
    [InlineData(200, """{"kind":"Thing","count":1.5}""", SpecRule.Schema)]
    [InlineData(200, """{"kind":"Thing","count":1,"rack":3}""", SpecRule.Schema)]
    [InlineData(200, """{"kind":"Thing","count":1,"when":"yesterday"}""", SpecRule.Schema)]
    [InlineData(200, """{"kind":"Thing","count":1,"when":null}""", SpecRule.Schema)]
    [InlineData(200, """{"kind":"Thing","count":1,"parts":[{"kind":"Thing"},{}]}""", SpecRule.Schema)]
    [InlineData(200, """{"kind":"Thing","count":1,"racks":"a"}""", SpecRule.UndeclaredMember)]
    [InlineData(200, """{"kind":"Thing","count":1,"parts":[{"kind":"Thing","x":1}]}""", SpecRule.UndeclaredMember)]
    [InlineData(200, """{"kind":"Thing","count":1,"colour":"GREEN"}""", SpecRule.UndeclaredValue)]
    [InlineData(200, "", SpecRule.Body)]
    [InlineData(404, """{"error_code":404}""", SpecRule.Status)]
    [InlineData(500, """{"code":500}""", SpecRule.Schema)]
    public void An_answer_is_held_against_its_schema(int status, string body, SpecRule? broken)
    {
        var violations = Validate(Exchange(status, body));

        Assert.Equal(broken is not null, violations.Count > 0);
        Assert.True(broken is null || violations.Any(violation => violation.Rule == broken), string.Join('\n', violations));
    }

    [Fact]
    public void A_missing_required_header_and_another_media_type_are_violations()
    {
        var exchange = Exchange(200, """{"kind":"Thing","count":1}""");

        Assert.Equal(SpecRule.Header, Assert.Single(Validate(exchange with { Headers = new HashSet<string>() })).Rule);
        Assert.Equal(SpecRule.MediaType, Assert.Single(Validate(exchange with { MediaType = "text/html" })).Rule);
    }

    [Fact]
    public void A_body_where_none_is_declared_is_a_violation()
    {
        var exchange = Exchange(204, "{}") with { Path = "/things/-/all" };

        Assert.Equal(SpecRule.Body, Assert.Single(Validate(exchange)).Rule);
        Assert.Empty(Validate(exchange with { Body = "", MediaType = null }));
    }

    [Fact]
    public void Each_report_of_a_stream_is_held_against_the_schema()
    {
        var exchange = Exchange(200, """{"kind":"Thing","count":1}""" + "\r\n" + """{"kind":"Thing"}""" + "\r\n");

        Assert.Equal("count", Assert.Single(Validate(exchange)).At);
    }

    [Fact]
    public void Literal_segments_win_over_parameters()
    {
        Assert.Equal("/things/-/all", Spec.Find("GET", "/things/-/all")!.Template);
        Assert.Equal("/things/{name}", Spec.Find("GET", "/things/a%2Fb")!.Template);
        Assert.Null(Spec.Find("POST", "/things/a"));
        Assert.Null(Spec.Find("GET", "/things/a/b"));
    }

    private static IReadOnlyList<SpecViolation> Validate(SpecExchange exchange) =>
        SpecValidator.Validate(Spec.Find(exchange.Method, exchange.Path)!, exchange);

    private static SpecExchange Exchange(int status, string body) =>
        new("GET", "/things/a", status, body.Length == 0 ? null : "application/json", body, new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "X-Needed" });
}
