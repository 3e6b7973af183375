namespace Sluice.Rest.V3.Records;

/// <summary>Counts the bytes that wait for acknowledgement and stops the one who adds when they are too many.</summary>
internal sealed class InFlightBytes(int limit)
{
    private readonly Lock _lock = new();
    private long _bytes;
    private TaskCompletionSource? _room;

    public bool HasRoom
    {
        get
        {
            lock (_lock)
            {
                return _bytes <= limit;
            }
        }
    }

    /// <summary>Counts <paramref name="bytes"/>, over the limit too: the one who adds waits afterwards.</summary>
    public void Add(int bytes)
    {
        lock (_lock)
        {
            _bytes += bytes;
        }
    }

    public void Remove(int bytes)
    {
        TaskCompletionSource? room = null;
        lock (_lock)
        {
            _bytes -= bytes;
            if (_bytes <= limit)
            {
                (room, _room) = (_room, null);
            }
        }

        room?.SetResult();
    }

    public Task WaitForRoomAsync()
    {
        lock (_lock)
        {
            if (_bytes <= limit)
            {
                return Task.CompletedTask;
            }

            _room ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _room.Task;
        }
    }
}
