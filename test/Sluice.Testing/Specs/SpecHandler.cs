namespace Sluice.Testing.Specs;

/// <summary>Holds every answer that passes against the OpenAPI files; a produce stream when its end has been read.</summary>
internal sealed class SpecHandler(SpecLibrary specs, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        response.RequestMessage ??= request;
        if (specs.Find(request.Method.Method, request.RequestUri!.AbsolutePath) is null)
        {
            return response;
        }

        if (request.RequestUri.AbsolutePath.EndsWith("/records", StringComparison.Ordinal) && response.IsSuccessStatusCode)
        {
            response.Content = new ObservedContent(response.Content, body => specs.Check(SpecExchange.From(response, body)));
            return response;
        }

        await response.Content.LoadIntoBufferAsync(cancellationToken);
        specs.Check(await SpecExchange.FromAsync(response, cancellationToken));
        return response;
    }
}
