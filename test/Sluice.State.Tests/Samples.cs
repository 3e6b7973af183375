namespace Sluice.State.Tests;

internal static class Samples
{
    public static ChangeAuthor Author { get; } = new("User:u-admin", "request-1");

    public static ServiceAccount Account(string id, string? name = null) => new(id, name ?? id, "an account");

    public static IdentityPool Pool(string id, string providerId = "op-1") =>
        new(id, providerId, id, "a pool", "claims.sub", $"claims.sub == \"{id}\"");

    public static Task<T?> PutAsync<T>(this IStateStore store, T resource)
        where T : class, IStateResource =>
        store.UpdateAsync(Author, _ => Update.Of(s => s.Find(resource.Kind, resource.Id) as T, Change.Put(resource)), CancellationToken.None);

    public static Task<bool> DeleteAsync(this IStateStore store, IStateResource resource) =>
        store.UpdateAsync(Author, _ => Update.Of(_ => true, Change.Delete(resource)), CancellationToken.None);
}
