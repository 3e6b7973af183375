using Sluice.Kafka.Client.Wire;

namespace Sluice.Tests.Brokers.Members;

/// <summary>Keeps a member in its group: a heartbeat every quarter of a second, until it is disposed, which makes the member leave.</summary>
internal abstract class GroupMemberLoop : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private readonly WireClient _client;
    private readonly CancellationTokenSource _stop = new();
    private Task _beating = Task.CompletedTask;

    protected GroupMemberLoop(string bootstrap, string clientId, string group)
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["bootstrap.servers"] = bootstrap, ["client.id"] = clientId };
        _client = new WireClient(new WireSettings(settings, null), TimeProvider.System, static () => { });
        (Group, ClientId) = (group, clientId);
    }

    public string Group { get; }

    public string ClientId { get; }

    public string MemberId { get; } = Guid.NewGuid().ToString();

    /// <summary>One heartbeat; true once the member has what it came for.</summary>
    protected abstract Task<bool> BeatAsync();

    protected abstract Task LeaveAsync();

    /// <summary>Returns when the member has joined and has its assignment.</summary>
    protected async Task StartAsync()
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(90), TimeProvider.System);
        while (!await BeatAsync())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, deadline.Token);
        }

        _beating = KeepBeatingAsync();
    }

    protected Task<T> SendAsync<T>(WireRequest<T> request) => _client.SendAsync(WireTarget.CoordinatorOf(Group), request, CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _beating;
        await LeaveAsync();
        _stop.Dispose();
        _client.Dispose();
    }

    private async Task KeepBeatingAsync()
    {
        try
        {
            while (true)
            {
                await Task.Delay(Interval, TimeProvider.System, _stop.Token);
                await BeatAsync();
            }
        }
        catch (OperationCanceledException)
        {
            // Disposed.
        }
    }
}
