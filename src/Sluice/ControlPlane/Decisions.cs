using Sluice.State;

namespace Sluice.ControlPlane;

/// <summary>Short forms for decisions that can be refused.</summary>
internal static class Decisions
{
    /// <summary>Nothing is written; the caller hears why.</summary>
    public static Update<Outcome<T>> Refuse<T>(ControlError error)
        where T : class =>
        Update.None<Outcome<T>>(error);

    /// <summary>Nothing is written, because nothing is different.</summary>
    public static Update<Outcome<T>> Keep<T>(T resource)
        where T : class =>
        Update.None<Outcome<T>>(resource);

    /// <summary>The resource is written, the other changes with it; the answer is the resource as it is stored.</summary>
    public static Update<Outcome<T>> Put<T>(T resource, params IEnumerable<Change> others)
        where T : class, IStateResource =>
        Update.Of<Outcome<T>>(state => (T)state.Find(resource.Kind, resource.Id)!, [Change.Put(resource), .. others]);

    /// <summary>The resource is deleted, the others with it; the answer is what was deleted.</summary>
    public static Update<Outcome<T>> Delete<T>(T resource, params IEnumerable<IStateResource> others)
        where T : class, IStateResource =>
        Update.Of<Outcome<T>>(_ => resource, [.. others.Select(Change.Delete), Change.Delete(resource)]);

    /// <summary>A new id that no resource of this kind has.</summary>
    public static string NewId(this GatewayState state, ResourceKind kind, string prefix)
    {
        string id;
        do
        {
            id = kind == ResourceKind.ApiKey ? ResourceId.CreateApiKey() : ResourceId.Create(prefix);
        }
        while (state.Find(kind, id) is not null);

        return id;
    }

    /// <summary>The API keys of a user or service account that the API may delete.</summary>
    public static IEnumerable<ApiKey> KeysOf(this GatewayState state, string ownerId) =>
        state.Indexes.ApiKeyIdsByOwner.TryGetValue(ownerId, out var ids)
            ? ids.Select(id => state.ApiKeys[id]).Where(k => !k.Metadata.IsDeclared)
            : [];

    /// <summary>The role bindings of a principal that the API may delete.</summary>
    public static IEnumerable<RoleBinding> BindingsOf(this GatewayState state, string principal) =>
        state.AllBindingsOf(principal).Where(b => !b.Metadata.IsDeclared);

    /// <summary>The role bindings of a principal.</summary>
    public static IEnumerable<RoleBinding> AllBindingsOf(this GatewayState state, string principal) =>
        state.Indexes.RoleBindingIdsByPrincipal.TryGetValue(principal, out var ids) ? ids.Select(id => state.RoleBindings[id]) : [];
}
