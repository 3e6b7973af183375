namespace Sluice.Iam.V2;

/// <summary>Longest texts, in Unicode code points.</summary>
internal static class Limits
{
    public const int Name = 64;
    public const int FullName = 255;
    public const int Description = 512;
    public const int Uri = 2048;
    public const int Claim = 255;
    public const int Filter = 300;
    public const int Crn = 2048;
}
