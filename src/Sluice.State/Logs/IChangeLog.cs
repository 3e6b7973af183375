namespace Sluice.State.Logs;

/// <summary>Where change records are kept. One caller at a time appends; reads may come from anywhere.</summary>
public interface IChangeLog : IDisposable
{
    /// <summary>Reads records, oldest first.</summary>
    IReadOnlyList<ChangeRecord> Read(HistoryQuery query);

    /// <summary>Appends all records or none, durably.</summary>
    /// <param name="expectedVersion">The version that the records follow on.</param>
    /// <param name="records">Numbered from <paramref name="expectedVersion"/> + 1.</param>
    /// <returns>False when the log has moved on: read what is new, decide again.</returns>
    bool TryAppend(long expectedVersion, IReadOnlyList<ChangeRecord> records);
}
