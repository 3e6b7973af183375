using System.Text;

namespace Sluice.Cel.Syntax;

/// <summary>Turns offsets into lines and columns, and draws excerpts.</summary>
internal static class SourceText
{
    /// <summary>Line and column of an offset, both from 1, columns in code points.</summary>
    public static (int Line, int Column) Locate(string text, int offset)
    {
        offset = Math.Clamp(offset, 0, text.Length);
        var line = 1;
        var start = 0;
        for (var i = 0; i < offset; i++)
        {
            if (text[i] == '\n')
            {
                line++;
                start = i + 1;
            }
        }

        return (line, CountCodePoints(text.AsSpan(start, offset - start)) + 1);
    }

    /// <summary>The line of the offset with carets under the span.</summary>
    public static string Excerpt(string text, int offset, int length)
    {
        offset = Math.Clamp(offset, 0, text.Length);
        var start = offset == 0 ? 0 : text.LastIndexOf('\n', offset - 1) + 1;
        var end = text.IndexOf('\n', offset);
        end = end < 0 ? text.Length : end;

        // A window keeps the excerpt of a very long line readable.
        const int Window = 60;
        var from = Math.Max(start, offset - Window);
        var to = Math.Min(end, Math.Max(offset + Window, offset));
        var marked = Math.Max(1, Math.Min(length, to - offset));
        var result = new StringBuilder(" | ");
        AppendPlain(result, text.AsSpan(from, to - from));
        result.Append("\n | ").Append(' ', CountCodePoints(text.AsSpan(from, offset - from)));
        result.Append('^', offset >= to ? 1 : Math.Max(1, CountCodePoints(text.AsSpan(offset, marked))));
        return result.ToString();
    }

    public static int CountCodePoints(ReadOnlySpan<char> text)
    {
        var count = text.Length;
        for (var i = 1; i < text.Length; i++)
        {
            if (char.IsLowSurrogate(text[i]) && char.IsHighSurrogate(text[i - 1]))
            {
                count--;
                i++;
            }
        }

        return count;
    }

    // One column per code point: control characters would move the caret or the reader's terminal.
    private static void AppendPlain(StringBuilder result, ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            result.Append(char.IsControl(c) ? ' ' : c);
        }
    }
}
