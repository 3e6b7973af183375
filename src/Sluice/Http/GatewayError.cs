namespace Sluice.Http;

/// <summary>A failure the client can act on, as <c>{"error_code": Code, "message": Message}</c>. Travels as a value; bugs travel as exceptions.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Code">The status itself, or status × 100 + n.</param>
/// <param name="Message">One sentence that says what to do.</param>
internal readonly record struct GatewayError(int Status, int Code, string Message)
{
    public bool IsNone => Status == 0;
}
