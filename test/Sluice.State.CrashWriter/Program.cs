using Sluice.State;
using Sluice.State.Logs;

// Changes the state file given as the only argument as fast as it can, from eight sides at once, until it is killed. Each change writes a
// service account and its role binding together; when it has been acknowledged, the account's id is printed.
var store = await StateStore.OpenAsync(SqliteChangeLog.Open(args[0]), [], TimeProvider.System);
var output = Console.OpenStandardOutput();
var turn = new Lock();
Acknowledge("ready");
await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => WriteForeverAsync()));

async Task WriteForeverAsync()
{
    while (true)
    {
        var id = ResourceId.Create("sa");
        await store.UpdateAsync(
            ChangeAuthor.System,
            state => Update.Of(
                _ => id,
                Change.Put(new ServiceAccount(id, id, new string('x', 200))),
                Change.Put(new RoleBinding("rb-" + id, "User:" + id, "DeveloperRead", "crn://confluent.cloud/organization=o"))),
            CancellationToken.None);
        Acknowledge(id);
    }
}

void Acknowledge(string line)
{
    lock (turn)
    {
        output.Write(System.Text.Encoding.ASCII.GetBytes(line + "\n"));
        output.Flush();
    }
}
