using Patchbay.Storage;

namespace Patchbay.Hub.Reconciliation.Report;

public readonly record struct RowAssigneeKey(TenantId Tenant, ReportRowId Row);

/// <summary>Who looks after a row of the report.</summary>
/// <param name="Assignee">Null: nobody any more.</param>
[LedgerTable("statement_assignees")]
public sealed partial record RowAssignee(
    [Key, Column("tenant_id", "row_id")] RowAssigneeKey Key, string? Assignee, DateTimeOffset UpdatedAt);

/// <summary>Who looks after a difference.</summary>
/// <param name="Assignee">A name of yours, at most 100 characters; null for nobody.</param>
/// <example>{"assignee":"ann@example.com"}</example>
public sealed record AssignRowRequest(string? Assignee = null);

/// <summary>Who looks after a row of the report.</summary>
public sealed record RowAssigneeView(ReportRowId Id, string? Assignee);
