namespace Sluice.State;

/// <summary>State that can be changed.</summary>
public interface IStateStore : IStateSource
{
    /// <summary>
    /// Decides over the newest state and writes what was decided, with no other change in between. When this returns, the changes are
    /// on disk and in <see cref="IStateSource.Current"/>.
    /// </summary>
    /// <param name="author">Who asks.</param>
    /// <param name="decide">Without side effects: it runs again when another gateway's change came first.</param>
    /// <param name="cancellationToken">Gives up waiting for a turn; a decision that has been made is written.</param>
    /// <exception cref="StateUnavailableException">The log cannot be written; nothing has changed.</exception>
    Task<T> UpdateAsync<T>(ChangeAuthor author, Func<GatewayState, Update<T>> decide, CancellationToken cancellationToken);

    /// <summary>Reads the log, oldest first.</summary>
    Task<IReadOnlyList<ChangeRecord>> ReadHistoryAsync(HistoryQuery query, CancellationToken cancellationToken);
}

/// <summary>Which part of the log to read.</summary>
/// <param name="After">Only changes with a greater version.</param>
/// <param name="Limit">At most so many.</param>
/// <param name="Kind">Only this kind.</param>
/// <param name="Id">Only the resource with this id.</param>
public readonly record struct HistoryQuery(long After, int Limit, ResourceKind? Kind = null, string? Id = null);
