using System.Text.Encodings.Web;
using System.Text.Json;
using Spectre.Console;

namespace Sluice.Cli.Output;

/// <summary>Writes what a command found: tables at a terminal, plain columns into a pipe, JSON when asked for.</summary>
internal sealed class ResultWriter(CommandIo io, bool json)
{
    // Names and filters are for people too: no \u0022 where \" does. Indentation keeps diffs readable.
    private static readonly JsonWriterOptions JsonOptions = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public bool IsJson => json;

    /// <summary>Many resources: an array in JSON.</summary>
    public void Many(IReadOnlyList<JsonElement> items, IReadOnlyList<Column> columns, string none)
    {
        if (json)
        {
            Json(writer =>
            {
                writer.WriteStartArray();
                foreach (var item in items)
                {
                    item.WriteTo(writer);
                }

                writer.WriteEndArray();
            });
            return;
        }

        if (items.Count == 0)
        {
            io.Note(none);
            return;
        }

        var shown = columns.Where(c => !c.Detail).ToArray();
        Rows([.. shown.Select(c => c.Title)], [.. items.Select(item => (string[])[.. shown.Select(c => Cell(item, c))])]);
    }

    /// <summary>One resource: a line for each member.</summary>
    public void One(JsonElement item, IReadOnlyList<Column> columns)
    {
        if (json)
        {
            Json(item.WriteTo);
            return;
        }

        Pairs([.. columns.Select(c => (c.Title, Cell(item, c))).Where(p => p.Item2.Length > 0)]);
    }

    /// <summary>Names and values, a line each.</summary>
    public void Pairs(IReadOnlyList<(string Name, string Value)> pairs)
    {
        if (!io.OutIsTerminal)
        {
            PlainTable.Write(io.Out, [.. pairs.Select(p => (string[])[p.Name, p.Value])]);
            return;
        }

        // Straight to the writer: a secret or a filter that was wrapped could not be copied.
        var width = pairs.Max(p => p.Name.Length);
        foreach (var (name, value) in pairs)
        {
            io.Console.MarkupInterpolated($"[grey]{name.PadRight(width)}[/]  ");
            io.Out.WriteLine(value);
        }
    }

    public void Rows(string[] titles, IReadOnlyList<string[]> rows)
    {
        if (!io.OutIsTerminal)
        {
            PlainTable.Write(io.Out, [[.. titles.Select(t => t.ToUpperInvariant())], .. rows]);
            return;
        }

        var table = new Table { Border = TableBorder.Rounded, BorderStyle = new Style(Color.Grey) };
        table.AddColumns([.. titles.Select((t, i) => new TableColumn(new Text(t, new Style(decoration: Decoration.Bold))) { NoWrap = i == 0 })]);
        foreach (var row in rows)
        {
            table.AddRow(row.Select((cell, i) => new Text(cell, i == 0 ? new Style(Color.Green) : Style.Plain)));
        }

        io.Console.Write(table);
    }

    /// <summary>One JSON value and a line end.</summary>
    public void Json(Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, JsonOptions))
        {
            write(writer);
        }

        io.Out.WriteLine(System.Text.Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length));
    }

    private static string Cell(JsonElement item, Column column) => PrintableText.Of(JsonPointer.Text(item, column.Pointer));
}
