namespace Sluice.Cel.Syntax;

/// <summary>A piece of the source, in UTF-16 units.</summary>
[System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)]
internal readonly record struct SourceSpan(int Start, int Length)
{
    public int End => Start + Length;

    public SourceSpan To(SourceSpan last) => new(Start, last.End - Start);
}
