namespace Sluice.Cel.Library;

/// <summary><c>base64.encode(bytes)</c>, <c>base64.decode(string)</c> with or without padding.</summary>
internal static class EncodersLibrary
{
    public static Dictionary<string, CelOverload[]> Functions { get; } = new FunctionTable()
        .Global("base64.encode", CelType.String, args => CelValue.Of(Convert.ToBase64String(args[0].Octets)), CelType.Bytes)
        .Global("base64.decode", CelType.Bytes, args => Decode(args[0].Text), CelType.String)
        .Build();

    private static CelValue Decode(string text)
    {
        var padded = text.Length % 4 == 0 ? text : text.PadRight(text.Length + 4 - (text.Length % 4), '=');
        var octets = new byte[padded.Length / 4 * 3];
        return Convert.TryFromBase64String(padded, octets, out var length) ? CelValue.Of(octets[..length]) : CelValue.Fail("not base64");
    }
}
