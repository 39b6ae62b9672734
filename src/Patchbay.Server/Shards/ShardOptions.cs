namespace Patchbay.Server.Shards;

/// <summary>Settings under <c>Patchbay:Shards:NAME</c>: a further database that tenants can live in.</summary>
public sealed class ShardOptions
{
    /// <summary>As <c>Patchbay:Database</c>: <c>sqlite:PATH</c>, or a PostgreSQL connection string.</summary>
    public string Database { get; set; } = "";
}
